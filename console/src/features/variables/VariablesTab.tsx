import { Badge, Code, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconEdit, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useApplication } from '../../api/deploy';
import { useAction } from '../../api/hooks';
import { variablesQuery } from '../../api/queries';
import type { Application, Variable, VariableInput } from '../../api/types';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedIcon } from '../../ui/Guarded';
import { Section } from '../../ui/Page';
import { PendingChanges } from '../../ui/PendingChanges';
import { QueryView } from '../../ui/QueryView';
import { BulkEdit } from './BulkEdit';

const AVAILABILITY = {
  run: 'When it runs',
  build: 'When it is built',
  both: 'Run and build',
} as const;

type Dialog = { kind: 'new' } | { kind: 'bulk' } | { kind: 'edit' | 'delete'; variable: Variable };

export function VariablesTab() {
  const { application, permissions } = useApplication();
  const variables = useQuery(variablesQuery(application.id));
  const [dialog, setDialog] = useState<Dialog>();
  const verdict = can.changeVariables(permissions);
  const close = () => setDialog(undefined);
  const add = (
    <GuardedButton
      verdict={verdict}
      size="xs"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setDialog({ kind: 'new' })}
    >
      Add variable
    </GuardedButton>
  );
  const bulk = (
    <GuardedButton verdict={verdict} size="xs" variant="default" onClick={() => setDialog({ kind: 'bulk' })}>
      Paste .env
    </GuardedButton>
  );
  return (
    <Stack>
      <PendingChanges />
      <Section
        flush
        title="Variables"
        actions={
          <>
            {bulk}
            {add}
          </>
        }
      >
        <QueryView query={variables}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title="No variables yet">
                Add variables one by one, or paste a whole .env file. Secrets are sealed and never shown again.
              </EmptyState>
            ) : (
              <DataTable
                label="Variables"
                items={items}
                columns={[
                  {
                    title: 'Name',
                    maxWidth: 260,
                    cell: ({ name }) => (
                      <Text size="sm" className="hk-mono hk-break">
                        {name}
                      </Text>
                    ),
                  },
                  {
                    title: 'Value',
                    maxWidth: 340,
                    cell: ({ kind, value }) =>
                      kind === 'secret' ? (
                        <Badge color="gray">secret</Badge>
                      ) : (
                        <Text size="sm" className="hk-mono hk-break" style={{ whiteSpace: 'pre-wrap' }} lineClamp={3}>
                          {value}
                        </Text>
                      ),
                  },
                  {
                    title: 'Available',
                    cell: ({ availability }) => (
                      <Text size="sm" c="dimmed">
                        {AVAILABILITY[availability]}
                      </Text>
                    ),
                  },
                ]}
                actions={(variable) => (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <GuardedIcon
                      verdict={verdict}
                      label={`Edit ${variable.name}`}
                      onClick={() => setDialog({ kind: 'edit', variable })}
                    >
                      <IconEdit size={16} />
                    </GuardedIcon>
                    <GuardedIcon
                      verdict={verdict}
                      label={`Delete ${variable.name}`}
                      onClick={() => setDialog({ kind: 'delete', variable })}
                    >
                      <IconTrash size={16} />
                    </GuardedIcon>
                  </Group>
                )}
              />
            )
          }
        </QueryView>
      </Section>
      <Modal
        opened={dialog?.kind === 'new' || dialog?.kind === 'edit'}
        onClose={close}
        title={dialog?.kind === 'edit' ? 'Edit variable' : 'Add variable'}
      >
        {(dialog?.kind === 'new' || dialog?.kind === 'edit') && (
          <VariableForm
            application={application}
            variable={dialog.kind === 'edit' ? dialog.variable : undefined}
            onClose={close}
          />
        )}
      </Modal>
      <Modal opened={dialog?.kind === 'bulk'} onClose={close} title="Paste .env" size="xl">
        {dialog?.kind === 'bulk' && variables.data && (
          <BulkEdit application={application} variables={variables.data} onClose={close} />
        )}
      </Modal>
      {dialog?.kind === 'delete' && (
        <DeleteVariable application={application} variable={dialog.variable} onClose={close} />
      )}
    </Stack>
  );
}

function changed(application: Application) {
  return [
    ['variables', application.id],
    ['application', application.id],
  ];
}

interface VariableFormProps {
  application: Application;
  variable: Variable | undefined;
  onClose: () => void;
}

function VariableForm({ application, variable, onClose }: VariableFormProps) {
  const [name, setName] = useState(variable?.name ?? '');
  const [value, setValue] = useState(variable?.value ?? '');
  const [kind, setKind] = useState<Variable['kind']>(variable?.kind ?? 'plain');
  const [availability, setAvailability] = useState<Variable['availability']>(variable?.availability ?? 'run');
  const keepsSecret = variable?.kind === 'secret' && kind === 'secret';
  const save = useAction({
    run: () => {
      const body: VariableInput = { name: name.trim(), kind, availability };
      if (!(keepsSecret && value === '')) body.value = value;
      return variable
        ? client.put(endpoints.variable(application.id, variable.id), body)
        : client.post(endpoints.variables(application.id), body);
    },
    invalidates: changed(application),
    done: `${name.trim()} is saved. Re-release to apply it.`,
    onDone: onClose,
  });
  return (
    <ActionForm action={save} submit="Save" disabled={name.trim() === ''} onCancel={onClose}>
      <TextInput
        label="Name"
        placeholder="DATABASE_URL"
        required
        data-autofocus
        className="hk-mono"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.problem?.field('name')}
      />
      <Textarea
        label="Value"
        description={keepsSecret ? 'Leave it empty to keep the secret that is there.' : undefined}
        autosize
        minRows={1}
        maxRows={10}
        spellCheck={false}
        className="hk-mono"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        error={save.problem?.field('value')}
      />
      <Group grow align="flex-start">
        <Select
          label="Kind"
          data={[
            { value: 'plain', label: 'Plain' },
            { value: 'secret', label: 'Secret' },
          ]}
          value={kind}
          onChange={(next) => setKind(next === 'secret' ? 'secret' : 'plain')}
        />
        <Select
          label="Available"
          data={Object.entries(AVAILABILITY).map(([key, label]) => ({ value: key, label }))}
          value={availability}
          onChange={(next) => setAvailability((next ?? 'run') as Variable['availability'])}
        />
      </Group>
      {kind === 'secret' && availability !== 'run' && (
        <Text size="xs" c="dimmed">
          A build reads it as a secret mount: <Code>RUN --mount=type=secret,id={name || 'NAME'}</Code>. It never becomes
          part of the image.
        </Text>
      )}
    </ActionForm>
  );
}

function DeleteVariable({
  application,
  variable,
  onClose,
}: {
  application: Application;
  variable: Variable;
  onClose: () => void;
}) {
  const remove = useAction({
    run: () => client.delete(endpoints.variable(application.id, variable.id)),
    invalidates: changed(application),
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      subject={variable.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">The running release keeps it until the next one.</Text>
    </ConfirmDelete>
  );
}
