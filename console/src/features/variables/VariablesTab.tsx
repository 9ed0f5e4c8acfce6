import { Badge, Button, Code, Group, Modal, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
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
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedIcon } from '../../ui/Guarded';
import { Scroll, Section } from '../../ui/Page';
import { PendingChanges } from '../../ui/PendingChanges';
import { ProblemAlert } from '../../ui/ProblemAlert';
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
              <Scroll label="Variables">
                <Table miw={620}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Name</Table.Th>
                      <Table.Th>Value</Table.Th>
                      <Table.Th>Available</Table.Th>
                      <Table.Th w={90}>
                        <span style={{ position: 'absolute', left: -9999 }}>Actions</span>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((variable) => (
                      <Table.Tr key={variable.id}>
                        <Table.Td maw={260}>
                          <Text size="sm" className="hk-mono hk-break">
                            {variable.name}
                          </Text>
                        </Table.Td>
                        <Table.Td maw={340}>
                          {variable.kind === 'secret' ? (
                            <Badge color="gray">secret</Badge>
                          ) : (
                            <Text size="sm" className="hk-mono hk-break" lineClamp={3}>
                              {variable.value}
                            </Text>
                          )}
                        </Table.Td>
                        <Table.Td>
                          <Text size="sm" c="dimmed">
                            {AVAILABILITY[variable.availability]}
                          </Text>
                        </Table.Td>
                        <Table.Td>
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
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
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
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run();
      }}
    >
      <Stack>
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
            A build reads it as a secret mount: <Code>RUN --mount=type=secret,id={name || 'NAME'}</Code>. It never
            becomes part of the image.
          </Text>
        )}
        <ProblemAlert error={save.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.busy} disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
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
