import {
  Badge,
  Button,
  Code,
  Group,
  Modal,
  PasswordInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam, usePermissions } from '../../api/hooks';
import { credentialsQuery } from '../../api/queries';
import type { GitCredential } from '../../api/types';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { CopyField } from '../../ui/Copy';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedIcon } from '../../ui/Guarded';
import { Page, Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { Time } from '../../ui/Time';

type Dialog = { kind: 'new' } | { kind: 'key' | 'delete'; credential: GitCredential };

export function CredentialsPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const credentials = useQuery(credentialsQuery(team));
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const verdict = can.changeCredentials(permissions);
  const add = (
    <GuardedButton
      verdict={verdict}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setDialog({ kind: 'new' })}
    >
      New credentials
    </GuardedButton>
  );
  return (
    <Page
      title="Git credentials"
      description="How private repositories are read. They stay in the control plane; no server ever sees them."
      actions={add}
    >
      <Section flush>
        <QueryView query={credentials}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title="No credentials yet" action={add}>
                Public repositories need none. For a private one, make a deploy key (SSH) or store a token (HTTPS).
              </EmptyState>
            ) : (
              <DataTable
                label="Git credentials"
                items={items}
                columns={[
                  {
                    title: 'Name',
                    cell: ({ name }) => (
                      <Text size="sm" fw={550} className="hk-break">
                        {name}
                      </Text>
                    ),
                  },
                  {
                    title: 'Kind',
                    cell: ({ kind, username }) => (
                      <Group gap={6}>
                        <Badge color={kind === 'token' ? 'gray' : 'petrol'}>
                          {kind === 'token' ? 'token' : 'deploy key'}
                        </Badge>
                        {username && (
                          <Text span size="sm" c="dimmed">
                            {username}
                          </Text>
                        )}
                      </Group>
                    ),
                  },
                  {
                    title: 'Known hosts',
                    cell: (credential) => <Hosts credential={credential} team={team} />,
                  },
                  { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
                ]}
                actions={(credential) => (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    {credential.publicKey && (
                      <GuardedIcon
                        verdict={{ allowed: true }}
                        label={`Public key of ${credential.name}`}
                        onClick={() => setDialog({ kind: 'key', credential })}
                      >
                        <IconKey size={16} />
                      </GuardedIcon>
                    )}
                    <GuardedIcon
                      verdict={verdict}
                      label={`Delete ${credential.name}`}
                      onClick={() => setDialog({ kind: 'delete', credential })}
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
      <Modal opened={dialog?.kind === 'new'} onClose={close} title="New git credentials">
        {dialog?.kind === 'new' && (
          <NewCredential
            team={team}
            onMade={(credential) => (credential.publicKey ? setDialog({ kind: 'key', credential }) : close())}
            onClose={close}
          />
        )}
      </Modal>
      <Modal opened={dialog?.kind === 'key'} onClose={close} title="Public key">
        {dialog?.kind === 'key' && (
          <Stack>
            <Text size="sm">
              Add it to the repository as a deploy key with read access. The private half never leaves the control
              plane.
            </Text>
            <CopyField label="Public key" value={dialog.credential.publicKey ?? ''} />
            <Group justify="flex-end">
              <Button onClick={close}>Done</Button>
            </Group>
          </Stack>
        )}
      </Modal>
      {dialog?.kind === 'delete' && <DeleteCredential team={team} credential={dialog.credential} onClose={close} />}
    </Page>
  );
}

function Hosts({ credential, team }: { credential: GitCredential; team: string }) {
  const forget = useAction({
    run: () => client.delete(endpoints.hostKeys(credential.id)),
    invalidates: [['credentials', team]],
    notifyProblem: true,
    done: 'The next contact records the host keys anew.',
  });
  if (credential.hostKeys.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {credential.kind === 'token' ? 'not needed' : 'at first use'}
      </Text>
    );
  }
  return (
    <Stack gap={2} align="flex-start">
      {credential.hostKeys.map((host) => (
        <Text key={host.server + host.fingerprint} size="xs" className="hk-break">
          {host.server} <Code>{host.fingerprint}</Code>
        </Text>
      ))}
      <Button size="compact-xs" variant="subtle" loading={forget.busy} onClick={() => forget.run()}>
        Forget host keys
      </Button>
    </Stack>
  );
}

interface NewCredentialProps {
  team: string;
  onMade: (credential: GitCredential) => void;
  onClose: () => void;
}

function NewCredential({ team, onMade, onClose }: NewCredentialProps) {
  const form = useForm({
    initialValues: { kind: 'deploy-key' as GitCredential['kind'], name: '', username: '', secret: '' },
  });
  const { values } = form;
  const create = useAction({
    run: () =>
      client.post<GitCredential>(endpoints.credentials(team), {
        name: values.name.trim(),
        kind: values.kind,
        ...(values.kind === 'token' && {
          secret: values.secret,
          ...(values.username.trim() && { username: values.username.trim() }),
        }),
      }),
    invalidates: [['credentials', team]],
    onDone: onMade,
  });
  return (
    <ActionForm
      action={create}
      submit="Create"
      disabled={values.name.trim() === ''}
      onCancel={onClose}
      onSubmit={form.onSubmit(() => create.run())}
    >
      <SegmentedControl
        aria-label="Kind"
        data={[
          { value: 'deploy-key', label: 'Deploy key (SSH)' },
          { value: 'token', label: 'Token (HTTPS)' },
        ]}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label="Name"
        placeholder="shop, read only"
        required
        data-autofocus
        {...form.getInputProps('name')}
        error={create.problem?.field('name')}
      />
      {values.kind === 'deploy-key' ? (
        <Text size="sm" c="dimmed">
          A key pair is made. You then add its public half to the repository.
        </Text>
      ) : (
        <>
          <TextInput
            label="User name"
            description="Some hosts want one beside the token; many do not care."
            autoComplete="off"
            {...form.getInputProps('username')}
            error={create.problem?.field('username')}
          />
          <PasswordInput
            label="Token"
            description="Read access to the repository is enough. Sealed; never shown again."
            required
            autoComplete="new-password"
            {...form.getInputProps('secret')}
            error={create.problem?.field('secret')}
          />
        </>
      )}
    </ActionForm>
  );
}

function DeleteCredential({
  team,
  credential,
  onClose,
}: {
  team: string;
  credential: GitCredential;
  onClose: () => void;
}) {
  const remove = useAction({
    run: () => client.delete(endpoints.credential(credential.id)),
    invalidates: [['credentials', team]],
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      subject={credential.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">Applications that use it can no longer fetch their source. What runs keeps running.</Text>
    </ConfirmDelete>
  );
}
