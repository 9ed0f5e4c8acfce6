import { Button, Group, Text } from '@mantine/core';
import type { Verdict } from '../can';
import { GuardedButton } from './Guarded';
import classes from './SaveBar.module.css';

interface SaveBarProps {
  /** The names of what differs from what is saved. */
  changed: string[];
  busy: boolean;
  verdict: Verdict;
  onDiscard: () => void;
}

/** The end of a long form, always in sight: what has been changed, and the way to keep or drop it. */
export function SaveBar({ changed, busy, verdict, onDiscard }: SaveBarProps) {
  const dirty = changed.length > 0;
  return (
    <div className={classes.bar} data-dirty={dirty}>
      <Text size="sm" c="dimmed">
        {dirty ? `Changed: ${changed.join(', ')}` : 'Everything is saved.'}
      </Text>
      <Group gap="xs">
        {dirty && (
          <Button variant="default" onClick={onDiscard}>
            Discard
          </Button>
        )}
        <GuardedButton
          type="submit"
          loading={busy}
          verdict={dirty ? verdict : { allowed: false, reason: 'Nothing has been changed.' }}
        >
          Save
        </GuardedButton>
      </Group>
    </div>
  );
}
