import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readReport, summarise } from './summary.mjs';

test('cases are passed, failed or skipped, whatever they printed', () => {
  const cases = readReport(`<testsuite tests="5">
    <properties><property name="a" value="1"/></properties>
    <testcase name="one" classname="A" time="0.1"/>
    <testcase name="two &lt;b&gt;" classname="A"><failure message="x > y">trace</failure></testcase>
    <testcase name="three" classname="A"><error type="E"/></testcase>
    <testcase name="four" classname="A"><skipped message="no"/></testcase>
    <testcase name="five" classname="A"><system-out><![CDATA[<failure> is only text]]></system-out></testcase>
    <testcase name="five" classname="A"/>
  </testsuite>`);

  assert.deepEqual(Object.fromEntries(cases), {
    'A one': 'passed',
    'A two <b>': 'failed',
    'A three': 'failed',
    'A four': 'skipped',
    'A five': 'passed',
    'A five (2)': 'passed',
  });
});

test('a step that fails without a failing test counts as a failure', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'summary-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.xml'), '<testsuite><testcase name="one" classname="A"/></testsuite>');
  writeFileSync(join(folder, 'steps.tsv'), 'passed\tscripts\nfailed\tjava\n');

  const total = summarise([folder, join(folder, 'absent')]);

  assert.deepEqual(total, { passed: 1, failed: 1, skipped: 0, failures: ['step: java'] });
});
