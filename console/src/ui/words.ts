import { browserOf } from './browser';
import { exactly } from './time';

/** An action's name as people say it: "git-credential.created" is "Git credential created". */
export function actionText(action: string): string {
  const words = action.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** What an event changed, in words; what is empty says nothing and is left out. */
export function changesText(changes: Record<string, unknown>): string {
  return Object.entries(changes)
    .map(
      ([name, value]) => [wordsOf(name), name === 'userAgent' ? browserOf(String(value)) : valueText(value)] as const,
    )
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return INSTANT.test(value) ? exactly(value) : value === '[secret]' ? 'hidden' : value;
  if (Array.isArray(value)) return value.map(valueText).filter(Boolean).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => [wordsOf(name), valueText(inner)] as const)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `${name} ${text}`)
      .join(', ');
  }
  return typeof value === 'number' ? String(value) : '';
}

/** "healthCheck" is "health check". */
function wordsOf(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
