// Writes how many tests passed and failed where `make test` adds them up.
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { mkdirSync, writeFileSync } from 'node:fs';

export default class Counts implements Reporter {
  private readonly outcomes = new Map<string, boolean>();

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status !== 'skipped') this.outcomes.set(test.id, test.outcome() !== 'unexpected');
  }

  onEnd(): void {
    const passed = [...this.outcomes.values()].filter(Boolean).length;
    mkdirSync('../target/reports', { recursive: true });
    writeFileSync('../target/reports/end2end.txt', `${passed} passed, ${this.outcomes.size - passed} failed\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
