/**
 * A command as a person types it, as an argument list: words, with quotes around what holds blanks. No shell reads it,
 * so there are no variables, pipes or redirections; a fault says so.
 */
export function parseArgv(text: string): { argv: string[]; fault?: string } {
  const argv: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && i + 1 < text.length) word = (word ?? '') + text.charAt(++i);
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '\\' && i + 1 < text.length) {
      word = (word ?? '') + text.charAt(++i);
    } else if (/\s/.test(char)) {
      if (word !== undefined) argv.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== '') return { argv: [], fault: `A ${quote} is never closed.` };
  if (word !== undefined) argv.push(word);
  return { argv };
}

/** The argument list as text that {@link parseArgv} reads back. */
export function formatArgv(argv: readonly string[] | undefined): string {
  return (argv ?? [])
    .map((argument) =>
      argument !== '' && !/[\s"'\\]/.test(argument) ? argument : `"${argument.replace(/["\\]/g, '\\$&')}"`,
    )
    .join(' ');
}
