import {
  Button,
  Code,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Stepper,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import { Problem } from '../../api/problem';
import { serversQuery } from '../../api/queries';
import type { Server, ServerCheck } from '../../api/types';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { CopyField } from '../../ui/Copy';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** Adding a server over SSH: where it is, the key to put there, and the first contact. */
export function NewServer({ team, onClose }: { team: string; onClose: () => void }) {
  const [server, setServer] = useState<Server>();
  return (
    <Stepper active={server ? 1 : 0} size="sm" allowNextStepsSelect={false}>
      <Stepper.Step label="Where it is">
        <Where team={team} onClose={onClose} onMade={setServer} />
      </Stepper.Step>
      <Stepper.Step label="Key and first contact">
        {server && <Contact team={team} made={server} onClose={onClose} />}
      </Stepper.Step>
    </Stepper>
  );
}

function Where({ team, onClose, onMade }: { team: string; onClose: () => void; onMade: (server: Server) => void }) {
  const form = useForm({
    initialValues: { name: '', host: '', port: 22, user: 'root', key: 'generate', privateKey: '' },
  });
  const { values } = form;
  const create = useAction({
    run: () =>
      client.post<Server>(endpoints.servers(team), {
        name: values.name.trim(),
        kind: 'ssh',
        host: values.host.trim(),
        port: values.port,
        user: values.user.trim(),
        ...(values.key === 'own' && { privateKey: values.privateKey }),
      }),
    invalidates: [['servers', team]],
    onDone: onMade,
  });
  return (
    <ActionForm action={create} submit="Continue" onCancel={onClose} onSubmit={form.onSubmit(() => create.run())}>
      <TextInput
        label="Name"
        placeholder="falkenstein-1"
        required
        data-autofocus
        {...form.getInputProps('name')}
        error={create.problem?.field('name')}
      />
      <Group grow align="flex-start">
        <TextInput
          label="Host"
          placeholder="203.0.113.7"
          required
          {...form.getInputProps('host')}
          error={create.problem?.field('host')}
        />
        <NumberInput
          label="Port"
          min={1}
          max={65535}
          allowDecimal={false}
          {...form.getInputProps('port')}
          error={create.problem?.field('port')}
        />
      </Group>
      <TextInput
        label="User"
        description="Needs access to Docker: root, or a member of the group docker."
        required
        {...form.getInputProps('user')}
        error={create.problem?.field('user')}
      />
      <SegmentedControl
        aria-label="Key"
        data={[
          { value: 'generate', label: 'Generate a key' },
          { value: 'own', label: 'Use my private key' },
        ]}
        {...form.getInputProps('key')}
      />
      {values.key === 'own' && (
        <Textarea
          label="Private key"
          description="Without a passphrase. Sealed; never shown again."
          placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
          required
          rows={5}
          spellCheck={false}
          autoComplete="off"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          {...form.getInputProps('privateKey')}
          error={create.problem?.field('privateKey')}
        />
      )}
    </ActionForm>
  );
}

function Contact({ team, made, onClose }: { team: string; made: Server; onClose: () => void }) {
  const servers = useQuery(serversQuery(team));
  const server = servers.data?.find(({ id }) => id === made.id) ?? made;
  const check = useAction({
    run: () => client.post<ServerCheck>(endpoints.serverCheck(server.id)),
    invalidates: [['servers', team]],
  });
  const confirm = useAction({
    run: async () => {
      await client.patch(endpoints.server(server.id), { hostKey: server.pendingHostKey }, { ifMatch: server.version });
      return client.post<ServerCheck>(endpoints.serverCheck(server.id));
    },
    invalidates: [['servers', team]],
  });
  const result = confirm.output ?? check.output;
  return (
    <Stack>
      {made.publicKey && (
        <>
          <Text size="sm">
            Add this line to <Code>~{server.user}/.ssh/authorized_keys</Code> on the server, then check.
          </Text>
          <CopyField label="Public key" value={made.publicKey} />
        </>
      )}
      {server.pendingHostKey && !result?.reachable && (
        <>
          <Text size="sm">
            The server answered with this host key. Compare it with{' '}
            <Code>ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub</Code> there.
          </Text>
          <Code block style={{ whiteSpace: 'pre-wrap' }} className="hk-break">
            {server.pendingHostKeyFingerprint}
          </Code>
        </>
      )}
      {result?.reachable && (
        <Text size="sm" role="status" c="var(--hk-running)">
          Reachable. Docker Engine {result.engineVersion} answers.
        </Text>
      )}
      {result?.problem && !server.pendingHostKey && (
        <ProblemAlert error={new Problem({ ...result.problem, status: 0 })} />
      )}
      <ProblemAlert error={confirm.problem ?? check.problem} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {result?.reachable ? 'Done' : 'Later'}
        </Button>
        {!result?.reachable &&
          (server.pendingHostKey ? (
            <Button loading={confirm.busy} onClick={() => confirm.run()}>
              Yes, pin this key and check
            </Button>
          ) : (
            <Button loading={check.busy} onClick={() => check.run()}>
              Check the connection
            </Button>
          ))}
      </Group>
    </Stack>
  );
}
