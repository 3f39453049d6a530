// Somebody forgets their password and gets back in by a link in their mail, which works once.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, signIn, test } from '../../fixtures';
import { ForgotPassword, ResetPassword, SignUp, Status } from '../../pages';

/** The mails that a demo put into its folder, oldest first, with their lines unfolded. */
function mails(dataDir: string): string[] {
  const folder = join(dataDir, 'mail');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''));
}

test('who forgot their password gets back in by a link, once', async ({ browser, ownDemo, checkAccessibility, picture }) => {
  const context = await browser.newContext({ baseURL: ownDemo.url });
  const page = await context.newPage();
  const { email } = await new SignUp(page).fillIn();

  // In another browser, as one does who is signed out.
  const elsewhere = await browser.newContext({ baseURL: ownDemo.url });
  const other = await elsewhere.newPage();
  const forgot = new ForgotPassword(other);
  await forgot.open();
  await checkAccessibility(other);
  await picture(other, 'forgot-password');
  await forgot.email.fill(email);
  await forgot.send.click();
  await expect(forgot.asked).toBeVisible();
  await checkAccessibility(other);
  const token = () => /\/reset-password\/([\w-]{43})\s/.exec(mails(ownDemo.dataDir).join('\n'))?.[1] ?? '';
  await expect.poll(token).toMatch(/^[\w-]{43}$/);

  const reset = new ResetPassword(other);
  await reset.open(token());
  await expect(reset.email).toHaveValue(email);
  await checkAccessibility(other);
  await picture(other, 'reset-password');
  const password = 'a staple for the correct horse';
  await reset.password.fill(password);
  await reset.save.click();
  await expect(reset.changed).toBeVisible();
  await signIn(other, { email, password });
  const status = new Status(other);
  await status.open();
  await expect(status.heading).toBeVisible();
  await expect.poll(() => mails(ownDemo.dataDir).some((mail) => mail.includes('Subject: Your password was changed'))).toBe(true);

  // Whoever was signed in before is not any more, and the link is dead.
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);
  await new ResetPassword(page).open(token());
  await expect(new ResetPassword(page).ended).toBeVisible();
  await checkAccessibility(page);
  await picture(page, 'reset-password-ended');
  await new ResetPassword(page).askAgain.click();
  await expect(new ForgotPassword(page).send).toBeVisible();
  expect(readFileSync(ownDemo.log, 'utf8'), 'the log').not.toContain(token());
  await elsewhere.close();
  await context.close();
});

test('an address without an account is answered the same, and gets no mail', async ({ browser, ownDemo }) => {
  const context = await browser.newContext({ baseURL: ownDemo.url });
  const page = await context.newPage();
  const forgot = new ForgotPassword(page);
  const answers: string[] = [];
  // The account last: its mail is written when that of nobody would have been.
  for (const email of ['nobody@example.com', ownDemo.owner.email]) {
    await forgot.open();
    await forgot.email.fill(email);
    await forgot.send.click();
    await expect(forgot.asked).toBeVisible();
    answers.push(await page.getByRole('main').innerText());
  }
  expect(answers[0]).toBe(answers[1]);
  await expect.poll(() => mails(ownDemo.dataDir).filter((mail) => mail.includes(ownDemo.owner.email)).length).toBe(1);
  expect(mails(ownDemo.dataDir)).toHaveLength(1);
  await context.close();
});
