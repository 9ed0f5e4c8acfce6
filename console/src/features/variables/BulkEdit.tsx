import { Alert, Badge, Checkbox, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Application, Variable } from '../../api/types';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { formatDotenv, parseDotenv } from '../../ui/dotenv';
import { merge } from './merge';

interface BulkEditProps {
  application: Application;
  variables: Variable[];
  onClose: () => void;
}

/** All plain variables as text, and a paste of any .env file: what changes is shown before it is saved. */
export function BulkEdit({ application, variables, onClose }: BulkEditProps) {
  const [text, setText] = useState(() =>
    formatDotenv(
      variables.filter(({ kind }) => kind === 'plain').map(({ name, value }) => ({ name, value: value ?? '' })),
    ),
  );
  const [newAreSecret, setNewAreSecret] = useState(false);
  const [removeMissing, setRemoveMissing] = useState(false);
  const parsed = useMemo(() => parseDotenv(text), [text]);
  const plan = useMemo(
    () => merge(variables, parsed.entries, { newAreSecret, removeMissing }),
    [variables, parsed, newAreSecret, removeMissing],
  );
  const save = useAction({
    run: () => client.put(endpoints.variables(application.id), { items: plan.items }),
    invalidates: [
      ['variables', application.id],
      ['application', application.id],
    ],
    done: 'The variables are saved. Re-release to apply them.',
    onDone: onClose,
  });
  const changes = plan.added.length + plan.changed.length + plan.removed.length;
  return (
    <ActionForm
      action={save}
      submit={
        <>
          Save {changes} {changes === 1 ? 'change' : 'changes'}
        </>
      }
      disabled={changes === 0 || parsed.faults.length > 0}
      onCancel={onClose}
    >
      <Textarea
        label="Variables"
        description="NAME=value lines; quotes, comments and values over several lines are understood. Secrets are not shown; a line with a secret's name replaces it."
        autosize
        minRows={10}
        maxRows={18}
        spellCheck={false}
        data-autofocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group>
        <Checkbox
          label="New variables are secrets"
          checked={newAreSecret}
          onChange={(event) => setNewAreSecret(event.currentTarget.checked)}
        />
        <Checkbox
          label="Remove plain variables that are not in the text"
          checked={removeMissing}
          onChange={(event) => setRemoveMissing(event.currentTarget.checked)}
        />
      </Group>
      {parsed.faults.length > 0 && (
        <Alert color="red" title="Some lines cannot be read">
          <List size="sm">
            {parsed.faults.slice(0, 8).map((fault) => (
              <List.Item key={fault.line}>
                Line {fault.line} {fault.message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Stack gap={6} aria-live="polite">
        <Names label="Added" color="green" names={plan.added} />
        <Names label="Changed" color="petrol" names={plan.changed} />
        <Names label="Removed" color="red" names={plan.removed} />
        {changes === 0 && (
          <Text size="sm" c="dimmed">
            Nothing changes.
          </Text>
        )}
      </Stack>
    </ActionForm>
  );
}

function Names({ label, color, names }: { label: string; color: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <Group gap={6}>
      <Text size="sm" w={70}>
        {label}
      </Text>
      {names.map((name) => (
        <Badge key={name} color={color} className="hk-mono">
          {name}
        </Badge>
      ))}
    </Group>
  );
}
