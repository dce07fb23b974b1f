/** The whole app: cdk-nag finds nothing, CloudFormation's own rules neither, and synthesis is quick. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';

import { stacksOf } from './stage.ts';

const SETTINGS = { PARLEY_STAGE: 'prod' };

describe('cdk-nag', () => {
  it.each([AwsSolutionsChecks, ServerlessChecks])('has no finding: %o', (Checks) => {
    const { app } = stacksOf(SETTINGS);
    const { violations } = new Checks(app).validateScope(app);
    expect(violations.map((it) => it.ruleName)).toEqual([]);
  });

  it('does find what nobody acknowledged', () => {
    const { app, chat } = stacksOf(SETTINGS);
    const acknowledged = chat.node
      .findAll()
      .flatMap((it) =>
        it.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY),
      );
    expect(acknowledged.length).toBeGreaterThan(10);
    for (const { data } of acknowledged) {
      for (const id of Object.keys(data as object)) Reflect.deleteProperty(data as object, id);
    }
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations.map((it) => it.ruleName)).toContain('AwsSolutions-APIG4');
  });

  it('is answered with a reason for each acknowledged finding', () => {
    const { app } = stacksOf(SETTINGS);
    const reasons = app.node
      .findAll()
      .flatMap((it) =>
        it.node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.values(data as Record<string, string>)),
      );
    expect(reasons.length).toBeGreaterThan(10);
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(30);
  });
});

describe('the stacks', () => {
  it('are named by their stage: the data first, the site last', () => {
    const { app, data, chat, site } = stacksOf({ PARLEY_STAGE: 'dev-nino' });
    app.synth();
    expect([data.stackName, chat.stackName, site.stackName]).toEqual([
      'Parley-dev-nino-Data',
      'Parley-dev-nino-Chat',
      'Parley-dev-nino-Site',
    ]);
    const needs = (stack: typeof data | typeof chat | typeof site) =>
      stack.dependencies.map((it) => it.stackName).toSorted();
    expect(needs(data)).toEqual([]);
    expect(needs(chat)).toEqual([data.stackName]);
    expect(needs(site)).toEqual([chat.stackName, data.stackName]);
  });

  it.each([
    ['dev', false],
    ['prod', true],
  ])('of stage %s end only after being released: %s', (stage, isProtected) => {
    expect(stacksOf({ PARLEY_STAGE: stage }).data.terminationProtection).toBe(isProtected);
  });
});

describe('bin/parley.ts', () => {
  it('synthesizes both stacks offline, checked by CloudFormation’s rules', () => {
    const out = mkdtempSync(path.join(tmpdir(), 'parley-synth-'));
    const startedAt = performance.now();
    execFileSync(process.execPath, ['bin/parley.ts', '--output', out], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: out, PARLEY_STAGE: 'ci' },
    });
    console.log(`synth: ${Math.round(performance.now() - startedAt)} ms`);
    const manifest = readFileSync(path.join(out, 'manifest.json'), 'utf8');
    expect(manifest).toContain('Parley-ci-Data');
    expect(manifest).toContain('Parley-ci-Chat');
    const report = readFileSync(path.join(out, 'validation-report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ pluginReports: [] });
    rmSync(out, { recursive: true });
  });
});
