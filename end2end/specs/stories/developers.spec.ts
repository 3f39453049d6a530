// A business's own system takes events: added, tried out, seen to fail and mended.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../../fixtures';
import { awake, Developers, Endpoint } from '../../pages';

type Received = { headers: IncomingHttpHeaders; body: string };

/** A system on this machine that takes events. */
class Receiver {
  readonly received: Received[] = [];
  /** What it answers. */
  status = 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        receiver.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(receiver.status, { 'content-type': 'text/plain' }).end(receiver.status === 200 ? 'taken' : 'the till is out of order');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** How many of an event's signatures fit `secret`, as the specification of Standard Webhooks says it. */
function signaturesBy(secret: string, { headers, body }: Received): number {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest();
  const given = String(headers['webhook-signature']).split(' ');
  return given.filter((signature) => {
    const [version, mac] = signature.split(',');
    const bytes = Buffer.from(mac ?? '', 'base64');
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  }).length;
}

test('an endpoint is added, tried, seen to fail, and mended', async ({ asOwner: page, checkAccessibility, picture }) => {
  const receiver = await Receiver.start();
  try {
    const developers = new Developers(page);
    await developers.open();
    await expect(developers.noEndpoint).toBeVisible();
    await developers.address.fill(receiver.address);
    await developers.description.fill('The till');
    await developers.add.click();
    const secret = await developers.secret.inputValue();
    expect(secret).toMatch(/^whsec_/);
    await checkAccessibility(page);
    await picture(page, 'developers-new-endpoint');

    // It takes a test event, which the page shows by itself.
    await page.getByRole('link', { name: 'Send a test event' }).click();
    const endpoint = new Endpoint(page);
    await expect(endpoint.heading).toBeVisible();
    await expect(page.getByText(secret)).toHaveCount(0);
    await endpoint.test.click();
    await awake(page);
    await expect(endpoint.sent).toHaveCount(1);
    await expect(endpoint.sent.first().getByText('Delivered', { exact: true })).toBeVisible();
    expect(receiver.received).toHaveLength(1);
    const [first] = receiver.received as [Received];
    expect(signaturesBy(secret, first)).toBe(1);
    expect(signaturesBy(`whsec_${Buffer.alloc(32).toString('base64')}`, first)).toBe(0);
    expect(JSON.parse(first.body)).toMatchObject({ type: 'endpoint.test', data: { asked_by: 'Marta Teles' } });

    // It fails, and says why; then it is mended and the event replayed.
    receiver.status = 500;
    await endpoint.test.click();
    await awake(page);
    const failing = endpoint.sent.first();
    await expect(failing.getByText('Trying again', { exact: true })).toBeVisible();
    await expect(failing.getByText('The endpoint did not take the event.')).toBeVisible();
    await expect(page.getByText('This endpoint fails.')).toBeVisible();
    await failing.getByText('Details', { exact: true }).click();
    await expect(failing.getByText('the till is out of order')).toBeVisible();
    await checkAccessibility(page);
    await picture(page, 'endpoint-failing');
    receiver.status = 200;
    await failing.getByRole('button', { name: /^send endpoint\.test/i }).click();
    await awake(page);
    await expect(endpoint.sent.first().getByText('Delivered', { exact: true })).toBeVisible();
    const id = receiver.received.at(-1)?.headers['webhook-id'];
    expect(receiver.received.filter((one) => one.headers['webhook-id'] === id).length, 'the same event came again').toBeGreaterThan(1);

    // With a new secret there are two signatures for a day.
    await endpoint.rotate.click();
    await endpoint.confirmRotation.click();
    const next = await endpoint.secret.inputValue();
    expect(next).not.toBe(secret);
    await endpoint.open();
    await endpoint.test.click();
    await awake(page);
    await expect(endpoint.sent.first().getByText('Delivered', { exact: true })).toBeVisible();
    const last = receiver.received.at(-1) as Received;
    expect([signaturesBy(secret, last), signaturesBy(next, last)]).toEqual([1, 1]);

    await endpoint.disable.click();
    await expect(page.getByText('This endpoint is disabled.')).toBeVisible();
    await endpoint.remove.click();
    await endpoint.confirmRemoval.click();
    await expect(developers.noEndpoint).toBeVisible();
  } finally {
    receiver.stop();
  }
});

test('an API key is shown once, used, and revoked', async ({ asOwner: page, request, checkAccessibility }) => {
  const developers = new Developers(page);
  await developers.open();
  await developers.keyName.fill('Till in the Centro shop');
  await developers.makeKey.click();
  const key = await developers.key.inputValue();
  expect(key).toMatch(/^att_/);
  const list = new URL('/api/v1/webhook-endpoints', page.url()).href;
  const call = () => request.get(list, { headers: { authorization: `Bearer ${key}` } });
  expect((await call()).status()).toBe(200);
  await developers.open();
  await expect(page.getByText(/last used/)).toBeVisible();
  await checkAccessibility(page);
  await developers.revoke('Till in the Centro shop').click();
  await developers.confirmRevocation.click();
  await expect(page.getByText('The key is revoked.')).toBeVisible();
  expect((await call()).status()).toBe(401);
});
