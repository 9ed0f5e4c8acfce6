import type { Variable, VariableInput } from '../../api/types';
import type { Entry } from '../../ui/dotenv';

interface Plan {
  /** The whole list as it is to be; a secret without a value keeps the one it has. */
  items: VariableInput[];
  added: string[];
  changed: string[];
  removed: string[];
}

/** What a pasted text makes of the variables that are there. Secrets that it does not name stay. */
export function merge(
  variables: Variable[],
  entries: Entry[],
  { newAreSecret, removeMissing }: { newAreSecret: boolean; removeMissing: boolean },
): Plan {
  const pasted = new Map(entries.map(({ name, value }) => [name, value]));
  const plan: Plan = { items: [], added: [], changed: [], removed: [] };
  for (const { name, kind, availability, value } of variables) {
    const next = pasted.get(name);
    pasted.delete(name);
    if (next === undefined) {
      if (kind === 'plain' && removeMissing) {
        plan.removed.push(name);
        continue;
      }
      plan.items.push(
        kind === 'secret' ? { name, kind, availability } : { name, kind, availability, value: value ?? '' },
      );
      continue;
    }
    if (kind === 'secret' || next !== value) plan.changed.push(name);
    plan.items.push({ name, kind, availability, value: next });
  }
  for (const [name, value] of pasted) {
    plan.added.push(name);
    plan.items.push({ name, kind: newAreSecret ? 'secret' : 'plain', availability: 'run', value });
  }
  return plan;
}
