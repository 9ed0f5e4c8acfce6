import {
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam } from '../../api/hooks';
import { realmClientQuery } from '../../api/queries';
import type { RealmClient } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { Copy, CopyField } from '../../ui/Copy';
import { DangerSection } from '../../ui/DangerSection';
import { Facts } from '../../ui/Facts';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryView } from '../../ui/QueryView';
import { SaveBar } from '../../ui/SaveBar';
import { Time } from '../../ui/Time';
import { clientPatch, clientValuesOf } from './clientValues';
import { faultsOf } from './patch';
import { useRealm } from './realm';
import { lasting } from './realmValues';
import classes from './Realms.module.css';
import { ALGORITHMS, GRANTS, kindOf } from './words';

export function ClientView() {
  const { realm, params } = useRealm();
  const query = useQuery(realmClientQuery(realm.id, useParam('client')));
  return (
    <Stack>
      <LinkAnchor to={paths.realmClients} params={params} size="sm">
        All clients
      </LinkAnchor>
      <QueryView query={query}>{(found) => <Details key={found.id} found={found} />}</QueryView>
    </Stack>
  );
}

function Details({ found }: { found: RealmClient }) {
  const { realm, permissions } = useRealm();
  const [rotating, setRotating] = useState(false);
  const close = () => setRotating(false);
  const kind = kindOf(found.kind);
  return (
    <>
      <Title order={2} className="hk-break">
        {found.name}
      </Title>
      <Section
        title="Who it is"
        actions={
          <GuardedButton
            variant="default"
            verdict={can.rotateSecret(permissions, found)}
            onClick={() => setRotating(true)}
          >
            New secret
          </GuardedButton>
        }
      >
        <Facts
          facts={[
            [
              'Client id',
              <Group gap={6} wrap="nowrap">
                <span className="hk-mono hk-break">{found.clientId}</span>
                <Copy value={found.clientId} label="Copy the client id" />
              </Group>,
            ],
            ['Kind', kind ? `${kind.label}. ${kind.description}` : found.kind],
            ['Secret', found.hasSecret ? 'Kept as a hash; it was shown when it was made.' : 'None.'],
            ['Proves itself', found.proofs.join(', ')],
            ['Issuer', <span className="hk-mono">{realm.issuer}</span>],
            ['Made', <Time at={found.createdAt} />],
          ]}
        />
      </Section>
      <Settings found={found} />
      <DeleteClient found={found} />
      <Modal opened={rotating} onClose={close} title="New secret">
        {rotating && <RotateSecret found={found} onClose={close} />}
      </Modal>
    </>
  );
}

function Settings({ found }: { found: RealmClient }) {
  const { realm, permissions } = useRealm();
  const before = clientValuesOf(found);
  const form = useForm({ initialValues: before });
  const { values } = form;
  const patch = clientPatch(before, values);
  const save = useAction({
    run: () => client.patch<RealmClient>(endpoints.realmClient(realm.id, found.id), patch, { ifMatch: found.version }),
    invalidates: [
      ['realm-client', realm.id, found.id],
      ['realm-clients', realm.id],
    ],
    done: 'Saved.',
    onDone: (saved) => form.setValues(clientValuesOf(saved)),
  });
  const faults = (path: string) => faultsOf(save.problem?.fields ?? [], path);
  const publicClient = found.kind !== 'web' && found.kind !== 'machine';
  const seconds = (name: 'accessSeconds' | 'refreshSeconds', label: string, ofRealm: number) => (
    <NumberInput
      label={label}
      description={
        values[name] === '' ? `As the realm says: ${lasting(ofRealm)}.` : `That is ${lasting(values[name])}.`
      }
      placeholder={String(ofRealm)}
      suffix=" s"
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      value={values[name]}
      onChange={(value) => form.setFieldValue(name, typeof value === 'number' ? value : '')}
      error={faults(name)}
    />
  );
  return (
    <form onSubmit={form.onSubmit(() => save.run())}>
      <Stack>
        <Section title="Name and addresses">
          <Stack>
            <TextInput label="Name" required {...form.getInputProps('name')} error={faults('name')} />
            <Textarea
              label="Redirect URIs"
              description="Where people come back to after signing in, one on each line. Compared exactly."
              placeholder={kindOf(found.kind)?.redirect}
              autosize
              minRows={2}
              spellCheck={false}
              {...form.getInputProps('redirectUris')}
              error={faults('redirectUris')}
            />
            <Textarea
              label="Addresses after signing out"
              description="Where a browser may be sent then, one on each line."
              autosize
              minRows={1}
              spellCheck={false}
              {...form.getInputProps('afterLogoutUris')}
              error={faults('afterLogoutUris')}
            />
            <TextInput
              label="Back-channel sign-out"
              description="Told whenever a session ends, so that the application can end its own. Empty for none."
              placeholder="https://shop.example.com/signed-out"
              {...form.getInputProps('backChannelLogoutUri')}
              error={faults('backChannelLogoutUri')}
            />
          </Stack>
        </Section>
        <Section title="What it may do">
          <Stack>
            <Checkbox.Group
              label="Grants"
              value={values.grants}
              onChange={(value) =>
                form.setFieldValue(
                  'grants',
                  GRANTS.map((grant) => grant.value)
                    .filter((grant) => value.includes(grant))
                    .sort(),
                )
              }
              error={faults('grants')}
            >
              <Stack gap={8} mt={6}>
                {GRANTS.map(({ value, label, description }) => (
                  <Checkbox key={value} value={value} label={label} description={description} />
                ))}
              </Stack>
            </Checkbox.Group>
            <TagsInput
              label="Scopes"
              description="What it may ask for beside openid. Press Enter after each."
              data={['profile', 'email', 'offline_access']}
              {...form.getInputProps('scopes')}
              error={faults('scopes')}
            />
            <Switch
              label="Ask people for their consent"
              description="Before it is given anything of theirs. For applications of others."
              checked={values.consent}
              onChange={(event) => form.setFieldValue('consent', event.currentTarget.checked)}
            />
            <Switch
              label="Require PKCE"
              description={
                publicClient
                  ? 'Always, since it keeps no secret.'
                  : 'Turn it on if its library can: a stolen code is then of no use.'
              }
              checked={publicClient || values.pkce}
              disabled={publicClient}
              onChange={(event) => form.setFieldValue('pkce', event.currentTarget.checked)}
            />
          </Stack>
        </Section>
        <Section title="Tokens">
          <div className={classes.fields}>
            {seconds('accessSeconds', 'Access tokens live', realm.lifetimes.accessToken)}
            {seconds('refreshSeconds', 'Refresh tokens live', realm.lifetimes.refreshToken)}
            <Select
              label="Signed with"
              data={[
                { value: '', label: `As the realm says: ${realm.algorithm}` },
                ...ALGORITHMS.map(({ value }) => ({ value, label: value })),
              ]}
              {...form.getInputProps('algorithm')}
              error={faults('algorithm')}
            />
            <Select
              label="Access tokens are"
              data={[
                { value: 'jwt', label: 'Signed statements (JWT)' },
                { value: 'opaque', label: 'References to ask about' },
              ]}
              {...form.getInputProps('tokenFormat')}
              error={faults('tokenFormat')}
            />
          </div>
        </Section>
        <ProblemAlert error={save.problem} />
        <SaveBar
          changed={Object.keys(patch)}
          busy={save.busy}
          verdict={can.changeRealms(permissions)}
          onDiscard={() => form.setValues(before)}
        />
      </Stack>
    </form>
  );
}

function RotateSecret({ found, onClose }: { found: RealmClient; onClose: () => void }) {
  const { realm } = useRealm();
  const rotate = useAction({
    run: () => client.post<RealmClient>(endpoints.realmClientSecret(realm.id, found.id)),
    invalidates: [['realm-client', realm.id, found.id]],
  });
  if (rotate.output?.secret !== undefined) {
    return (
      <Stack>
        <Text size="sm">Copy the secret now: it is shown this once. The one before has stopped working.</Text>
        <CopyField label="Secret" value={rotate.output.secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <ActionForm action={rotate} submit="Replace the secret" onCancel={onClose}>
      <Text size="sm">
        The secret that {found.name} uses now stops working at once: nobody signs in there until it has the new one.
        Tokens that it was given stay valid.
      </Text>
    </ActionForm>
  );
}

function DeleteClient({ found }: { found: RealmClient }) {
  const { realm, permissions, params } = useRealm();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useAction({
    run: () => client.delete(endpoints.realmClient(realm.id, found.id)),
    invalidates: [['realm-clients', realm.id]],
    done: `${found.name} is deleted.`,
    onDone: () => void navigate({ to: paths.realmClients, params }),
  });
  return (
    <DangerSection
      title="Delete this client"
      description="What it was given ends with it."
      verdict={can.changeRealms(permissions)}
      action="Delete client"
      onAct={() => setAsking(true)}
    >
      <ConfirmDelete
        opened={asking}
        onClose={() => setAsking(false)}
        subject={found.name}
        busy={remove.busy}
        problem={remove.problem}
        onConfirm={() => remove.run()}
      >
        <Text size="sm">
          Nobody can sign in to it any more, and its refresh tokens end. The people of the realm stay. This cannot be
          undone.
        </Text>
      </ConfirmDelete>
    </DangerSection>
  );
}
