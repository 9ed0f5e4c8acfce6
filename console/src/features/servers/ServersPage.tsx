import { Alert, Badge, Button, Code, Group, Menu, Modal, Stack, Text, ActionIcon } from '@mantine/core';
import { IconDots, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam, usePermissions } from '../../api/hooks';
import { Problem } from '../../api/problem';
import { serversQuery } from '../../api/queries';
import type { Server, ServerCheck } from '../../api/types';
import { can, type Verdict } from '../../can';
import { endpoints } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { CopyField } from '../../ui/Copy';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedMenuItem } from '../../ui/Guarded';
import { Page, Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryView } from '../../ui/QueryView';
import { Status } from '../../ui/Status';
import { Time } from '../../ui/Time';
import { NewServer } from './NewServer';
import classes from './Servers.module.css';

export function ServersPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const servers = useQuery(serversQuery(team));
  const [creating, setCreating] = useState(false);
  const verdict = can.changeServers(permissions);
  const add = (
    <GuardedButton verdict={verdict} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      Add server
    </GuardedButton>
  );
  return (
    <Page
      title="Servers"
      description="Machines with Docker Engine that run the team's applications. Reached over SSH; nothing is installed on them."
      actions={add}
    >
      <QueryView query={servers}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No servers yet" action={add}>
              Add a machine that you reach over SSH and that has Docker Engine.
            </EmptyState>
          ) : (
            <Stack>
              {items.map((server) => (
                <ServerCard key={server.id} server={server} team={team} verdict={verdict} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      <Modal opened={creating} onClose={() => setCreating(false)} title="Add server" size="lg">
        {creating && <NewServer team={team} onClose={() => setCreating(false)} />}
      </Modal>
    </Page>
  );
}

function ServerCard({ server, team, verdict }: { server: Server; team: string; verdict: Verdict }) {
  const [deleting, setDeleting] = useState(false);
  const check = useAction({
    run: () => client.post<ServerCheck>(endpoints.serverCheck(server.id)),
    invalidates: [['servers', team]],
  });
  return (
    <Section>
      <div className={classes.server}>
        <Stack gap={2} miw={0}>
          <Group gap="sm">
            <Text fw={600} fz="lg">
              {server.name}
            </Text>
            <Badge color={server.kind === 'local' ? 'petrol' : 'gray'}>
              {server.kind === 'local' ? 'this machine' : 'SSH'}
            </Badge>
            {server.kind === 'ssh' && !server.hostKey && !server.pendingHostKey && (
              <Status look={{ tone: 'idle', shape: 'ring', label: 'Not contacted yet' }} />
            )}
          </Group>
          {server.kind === 'ssh' && (
            <Text size="sm" className="hk-mono hk-break" c="dimmed">
              {server.user}@{server.host}:{server.port ?? 22}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            Added <Time at={server.createdAt} />
          </Text>
        </Stack>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlugConnected size={15} aria-hidden />}
            loading={check.busy}
            onClick={() => check.run()}
          >
            Check
          </Button>
          <Menu width={180}>
            <Menu.Target>
              <ActionIcon aria-label={`More for ${server.name}`}>
                <IconDots size={17} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <GuardedMenuItem
                color="red"
                verdict={verdict}
                leftSection={<IconTrash size={16} />}
                onClick={() => setDeleting(true)}
              >
                Delete
              </GuardedMenuItem>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </div>
      <Stack gap="sm" mt={server.kind === 'ssh' || check.output || check.problem ? 'sm' : 0}>
        <ProblemAlert error={check.problem} />
        {check.output && <CheckResult result={check.output} />}
        {server.pendingHostKey && <HostKey server={server} team={team} verdict={verdict} />}
        {server.kind === 'ssh' && server.publicKey && !check.output?.reachable && (
          <details>
            <summary className={classes.summary}>Public key for this server</summary>
            <Stack gap="xs" mt="xs">
              <Text size="sm" c="dimmed">
                It has to stand in <Code>~{server.user}/.ssh/authorized_keys</Code> on the server.
              </Text>
              <CopyField label="Public key" value={server.publicKey} />
            </Stack>
          </details>
        )}
      </Stack>
      <DeleteServer server={server} team={team} opened={deleting} onClose={() => setDeleting(false)} />
    </Section>
  );
}

function CheckResult({ result }: { result: ServerCheck }) {
  if (result.problem) return <ProblemAlert error={new Problem({ ...result.problem, status: 0 })} />;
  const facts = [
    result.engineVersion && `Docker Engine ${result.engineVersion}`,
    result.apiVersion && `API ${result.apiVersion}`,
    result.architecture,
  ].filter(Boolean);
  return (
    <Group gap="sm" role="status" data-testid="check-result">
      <Status look={{ tone: 'running', shape: 'dot', label: 'Reachable' }} />
      <Text size="sm" c="dimmed">
        {facts.join(' · ')}
      </Text>
    </Group>
  );
}

/** The first contact's key: a person compares it with the server's before anything is sent there. */
function HostKey({ server, team, verdict }: { server: Server; team: string; verdict: Verdict }) {
  const confirm = useAction({
    run: () =>
      client.patch(endpoints.server(server.id), { hostKey: server.pendingHostKey }, { ifMatch: server.version }),
    invalidates: [['servers', team]],
    done: `The host key of ${server.name} is pinned.`,
  });
  return (
    <Alert color="lantern" title="Is this your server?">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          It answered with this host key. Compare it with the output of{' '}
          <Code>ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub</Code> on the server; from then on no other is
          accepted.
        </Text>
        <Code block className="hk-break" style={{ whiteSpace: 'pre-wrap' }}>
          {server.pendingHostKeyFingerprint}
        </Code>
        <ProblemAlert error={confirm.problem} />
        <GuardedButton size="xs" verdict={verdict} loading={confirm.busy} onClick={() => confirm.run()}>
          Yes, pin this key
        </GuardedButton>
      </Stack>
    </Alert>
  );
}

function DeleteServer({
  server,
  team,
  opened,
  onClose,
}: {
  server: Server;
  team: string;
  opened: boolean;
  onClose: () => void;
}) {
  const remove = useAction({
    run: () => client.delete(endpoints.server(server.id), { ifMatch: server.version }),
    invalidates: [['servers', team]],
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened={opened}
      onClose={onClose}
      subject={`the server ${server.name}`}
      typed={server.name}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">
        Only a server without applications can be deleted. Nothing on the machine itself is touched.
      </Text>
    </ConfirmDelete>
  );
}
