import { expect, test } from 'vitest';
import { formatDotenv, parseDotenv } from './dotenv';

const read = (text: string) => Object.fromEntries(parseDotenv(text).entries.map(({ name, value }) => [name, value]));

test('reads what .env files hold in practice', () => {
  const text = [
    '\ufeff# the shop',
    'PLAIN=hello world   ',
    'export EXPORTED=1',
    'COMMENTED=value # not this',
    'HASH=a#b',
    "SINGLE='keeps $HOME and \\n'",
    'DOUBLE="a\\nb \\"c\\""',
    'EMPTY=',
    'SPACED = "x y"  # comment',
    'URL=postgres://u:p=w@h/db?a=b&c',
    'KEY="-----BEGIN KEY-----',
    '  indented',
    '-----END KEY-----"',
    'TWICE=1',
    'TWICE=2',
  ].join('\r\n');

  expect(parseDotenv(text).faults).toEqual([]);
  expect(read(text)).toEqual({
    PLAIN: 'hello world',
    EXPORTED: '1',
    COMMENTED: 'value',
    HASH: 'a#b',
    SINGLE: 'keeps $HOME and \\n',
    DOUBLE: 'a\nb "c"',
    EMPTY: '',
    SPACED: 'x y',
    URL: 'postgres://u:p=w@h/db?a=b&c',
    KEY: '-----BEGIN KEY-----\n  indented\n-----END KEY-----',
    TWICE: '2',
  });
});

test('names the lines that it cannot read and reads the others', () => {
  const { entries, faults } = parseDotenv('A=1\nnonsense\nB="never closed\nC=3');

  expect(faults.map(({ line }) => line)).toEqual([2, 3]);
  expect(entries).toEqual([
    { name: 'A', value: '1' },
    { name: 'C', value: '3' },
  ]);
});

test('reads back what it writes', () => {
  const values = [
    '',
    'plain',
    ' blanks ',
    "it's",
    'say "hi"',
    'a\nb\r\n\tc',
    '\\n is not a newline',
    '#no comment',
    '$HOME',
    'a # b',
    '🏰 ünïcode',
  ];
  const entries = values.map((value, index) => ({ name: `V${index}`, value }));

  expect(parseDotenv(formatDotenv(entries))).toEqual({ entries, faults: [] });
});
