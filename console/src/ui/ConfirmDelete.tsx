import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Problem } from '../api/problem';
import { ProblemAlert } from './ProblemAlert';

interface ConfirmDeleteProps {
  opened: boolean;
  onClose: () => void;
  /** What goes, for example "the project shop". */
  subject: string;
  /** The name to type before it can be done; absent where nothing of weight is lost. */
  typed?: string;
  verb?: string;
  busy: boolean;
  problem?: Problem;
  onConfirm: () => void;
  children?: ReactNode;
}

/** The last question before something goes for good. */
export function ConfirmDelete(props: ConfirmDeleteProps) {
  const { opened, onClose, subject, verb = 'Delete' } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={`${verb} ${subject}?`}>
      {opened && <Question {...props} />}
    </Modal>
  );
}

function Question({ onClose, typed, verb = 'Delete', busy, problem, onConfirm, children }: ConfirmDeleteProps) {
  const [text, setText] = useState('');
  const ready = typed === undefined || text.trim() === typed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onConfirm();
      }}
    >
      <Stack>
        {children ?? <Text size="sm">This cannot be undone.</Text>}
        {typed !== undefined && (
          <TextInput
            label={
              <>
                Type <Code className="hk-break">{typed}</Code> to confirm
              </>
            }
            aria-label={`Type ${typed} to confirm`}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <ProblemAlert error={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={!ready}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
