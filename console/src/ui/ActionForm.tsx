import { Button, Group, Stack } from '@mantine/core';
import type { SyntheticEvent, ReactNode } from 'react';
import type { Action } from '../api/hooks';
import { ProblemAlert } from './ProblemAlert';

interface ActionFormProps {
  /** What submitting does; its progress and its problem are shown. */
  action: Pick<Action<void, unknown>, 'run' | 'busy' | 'problem'>;
  /** What the button says. */
  submit: ReactNode;
  disabled?: boolean;
  onCancel: () => void;
  /** Instead of the bare action, for a form that looks at its values first. */
  onSubmit?: (event: SyntheticEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

/** A form in a dialog: its fields, what went wrong, and the way out or on. */
export function ActionForm({ action, submit, disabled, onCancel, onSubmit, children }: ActionFormProps) {
  const run = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    action.run();
  };
  return (
    <form onSubmit={onSubmit ?? run}>
      <Stack>
        {children}
        <ProblemAlert error={action.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={action.busy} disabled={disabled}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
