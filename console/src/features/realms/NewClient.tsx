import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { RealmClient } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { CopyField } from '../../ui/Copy';
import { faultsOf, linesOf } from './patch';
import { useRealm } from './realm';
import { CLIENT_KINDS, kindOf } from './words';

/** Adding a client: it begins with what is usual for its kind, and its secret is shown this once. */
export function NewClient({ onClose }: { onClose: () => void }) {
  const { realm, params } = useRealm();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', kind: 'web' as RealmClient['kind'], clientId: '', redirectUris: '' },
  });
  const { values } = form;
  const redirect = kindOf(values.kind)?.redirect;
  const show = (made: RealmClient) => {
    onClose();
    void navigate({ to: paths.realmClient, params: { ...params, client: made.id } });
  };
  const create = useAction({
    run: () =>
      client.post<RealmClient>(endpoints.realmClients(realm.id), {
        name: values.name.trim(),
        kind: values.kind,
        ...(values.clientId.trim() && { clientId: values.clientId.trim() }),
        ...(redirect !== undefined && { redirectUris: linesOf(values.redirectUris) }),
      }),
    invalidates: [['realm-clients', realm.id]],
    onDone: (made) => {
      if (made.secret === undefined) show(made);
    },
  });
  const made = create.output;
  if (made?.secret !== undefined) {
    return (
      <Stack>
        <Text size="sm">Copy the secret now: it is shown this once. A lost one is replaced on the client's page.</Text>
        <CopyField label="Client id" value={made.clientId} />
        <CopyField label="Secret" value={made.secret} />
        <CopyField label="Issuer" value={realm.issuer} />
        <Group justify="flex-end">
          <Button onClick={() => show(made)}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <ActionForm
      action={create}
      submit="Create client"
      disabled={values.name.trim() === ''}
      onCancel={onClose}
      onSubmit={form.onSubmit(() => create.run())}
    >
      <TextInput
        label="Name"
        description="What people read when they are asked for their consent."
        placeholder="Web shop"
        required
        data-autofocus
        {...form.getInputProps('name')}
        error={create.problem?.field('name')}
      />
      <Radio.Group label="Kind" {...form.getInputProps('kind')} error={create.problem?.field('kind')}>
        <Stack gap={8} mt={6}>
          {CLIENT_KINDS.map(({ value, label, description }) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      {redirect !== undefined && (
        <Textarea
          label="Redirect URIs"
          description="Where people come back to after signing in, one on each line. Compared exactly."
          placeholder={redirect}
          required
          autosize
          minRows={2}
          spellCheck={false}
          {...form.getInputProps('redirectUris')}
          error={faultsOf(create.problem?.fields ?? [], 'redirectUris')}
        />
      )}
      <TextInput
        label="Client id"
        description="What it calls itself. Empty for one that nobody guesses."
        autoComplete="off"
        {...form.getInputProps('clientId')}
        error={create.problem?.field('clientId')}
      />
    </ActionForm>
  );
}
