import { expect, test } from 'vitest';
import { ansiSpans, stripAnsi } from './ansi';
import { formatArgv, parseArgv } from './argv';
import { LogBuffer } from './logBuffer';
import { nameFrom, shortUrl } from './source';
import { ago, duration } from './time';

const ESC = '\u001b';

test('renders colours and drops every other escape', () => {
  expect(
    ansiSpans(`${ESC}[1;31mERROR${ESC}[0m plain ${ESC}[38;5;208morange${ESC}[39m ${ESC}[2K${ESC}]0;title\u0007end`),
  ).toEqual([
    { text: 'ERROR', style: 'red bold' },
    { text: ' plain ', style: '' },
    { text: 'orange', style: '' },
    { text: ' ', style: '' },
    { text: 'end', style: '' },
  ]);
});

test('strips escapes and control characters, and keeps tabs', () => {
  expect(stripAnsi(`a${ESC}[32mb${ESC}[0m\tc\u0000\r`)).toBe('ab\tc');
});

test('reads a command as an argument list and writes it back', () => {
  expect(parseArgv(`node -e "console.log('a b')" 'it''s' a\\ b ""`).argv).toEqual([
    'node',
    '-e',
    "console.log('a b')",
    'its',
    'a b',
    '',
  ]);
  expect(parseArgv('sh -c "oops').fault).toContain('never closed');
  for (const argv of [['a', 'b c', '', '"', "'", '\\', '$(x) | y; z'], []]) {
    expect(parseArgv(formatArgv(argv)).argv).toEqual(argv);
  }
});

test('makes a name of a repository or an image', () => {
  expect(nameFrom('https://github.com/acme/Web_Shop.git')).toBe('web-shop');
  expect(nameFrom('git@github.com:acme/mailer.git')).toBe('mailer');
  expect(nameFrom('http://127.0.0.1:8080/sample.git')).toBe('sample');
  expect(nameFrom('nginx:1.27')).toBe('nginx');
  expect(nameFrom('registry.example.com:5000/team/app:v2')).toBe('app');
  expect(nameFrom('postgres@sha256:abc')).toBe('postgres');
  expect(nameFrom('https://example.com/2048')).toBe('app-2048');
  expect(nameFrom('')).toBe('');
});

test('shortens a URL to what tells it apart', () => {
  expect(shortUrl('https://user:token@github.com/acme/shop.git')).toBe('github.com/acme/shop');
});

test('says times as people do', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(ago('2026-03-01T11:59:50Z', now)).toBe('just now');
  expect(ago('2026-03-01T10:00:00Z', now)).toBe('2 hr. ago');
  expect([0, 840, 12_400, 125_000, 4_320_000].map(duration)).toEqual([
    '0 ms',
    '840 ms',
    '12.4 s',
    '2 m 05 s',
    '1 h 12 m',
  ]);
});

test('a log keeps the newest lines and tells its readers once for many', () => {
  let run: () => void = () => undefined;
  const buffer = new LogBuffer((next) => (run = next), 100);
  let told = 0;
  buffer.subscribe(() => told++);

  for (let i = 1; i <= 150; i++) buffer.add({ at: '', text: String(i) });
  run();

  expect(told).toBe(1);
  expect(buffer.snapshot()).toHaveLength(90);
  expect(buffer.snapshot().at(-1)).toMatchObject({ text: '150', number: 150 });
});
