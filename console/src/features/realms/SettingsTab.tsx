import { ColorInput, NumberInput, Radio, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Realm } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { DangerSection } from '../../ui/DangerSection';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SaveBar } from '../../ui/SaveBar';
import { faultsOf } from './patch';
import { useRealm } from './realm';
import { lasting, realmPatch, realmValuesOf, type RealmValues } from './realmValues';
import classes from './Realms.module.css';
import { ALGORITHMS, LANGUAGES, SIGN_UP } from './words';

export function SettingsTab() {
  const { realm } = useRealm();
  return (
    <Stack>
      <Settings key={realm.id} realm={realm} />
      <DeleteRealm realm={realm} />
    </Stack>
  );
}

interface PartProps {
  form: UseFormReturnType<RealmValues>;
  fault: (path: string) => string | undefined;
}

function Settings({ realm }: { realm: Realm }) {
  const { permissions } = useRealm();
  const before = realmValuesOf(realm);
  const form = useForm<RealmValues>({ initialValues: before });
  const patch = realmPatch(before, form.values);
  const save = useAction({
    run: () => client.patch<Realm>(endpoints.realm(realm.id), patch, { ifMatch: realm.version }),
    invalidates: [
      ['realm', realm.id],
      ['realms', realm.teamId],
    ],
    done: 'Saved.',
    onDone: (saved) => form.setValues(realmValuesOf(saved)),
  });
  const fault = (path: string) => faultsOf(save.problem?.fields ?? [], path);
  return (
    <form onSubmit={form.onSubmit(() => save.run())}>
      <Stack>
        <General form={form} fault={fault} />
        <People form={form} fault={fault} />
        <Lifetimes form={form} fault={fault} />
        <Branding form={form} fault={fault} />
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

function General({ form, fault }: PartProps) {
  return (
    <Section title="General">
      <Stack>
        <TextInput
          label="Display name"
          description="What people read on its pages."
          required
          {...form.getInputProps('displayName')}
          error={fault('displayName')}
        />
        <TextInput
          label="Host"
          description="A host of its own that leads to this control plane. Another one changes the issuer: every client has to be told."
          placeholder="a path on the platform's own address"
          {...form.getInputProps('host')}
          error={fault('host')}
        />
        <div className={classes.fields}>
          <Select
            label="Language"
            description="For browsers that want none that the pages have."
            data={
              LANGUAGES.some(({ value }) => value === form.values.language)
                ? LANGUAGES
                : [...LANGUAGES, { value: form.values.language, label: form.values.language }]
            }
            {...form.getInputProps('language')}
            error={fault('language')}
          />
          <Select
            label="Signs with"
            description="Unless a client says otherwise."
            data={ALGORITHMS.map(({ value, label, description }) => ({ value, label: `${label}: ${description}` }))}
            {...form.getInputProps('algorithm')}
            error={fault('algorithm')}
          />
        </div>
      </Stack>
    </Section>
  );
}

function People({ form, fault }: PartProps) {
  return (
    <Section title="People" description="Who may have an account, and how they prove that it is theirs.">
      <Stack>
        <Radio.Group label="Who may sign up" {...form.getInputProps('signUpMode')} error={fault('signUp.mode')}>
          <Stack gap={8} mt={6}>
            {SIGN_UP.map(({ value, label, description }) => (
              <Radio key={value} value={value} label={label} description={description} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.signUpMode === 'domains' && (
          <TagsInput
            label="Domains"
            description="Whose addresses may. Press Enter after each."
            placeholder="example.com"
            {...form.getInputProps('domains')}
            error={fault('signUp.domains') ?? fault('signUp')}
          />
        )}
        <NumberInput
          label="Shortest password"
          description="Characters at least, 8 to 64. It counts for new passwords."
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          w={220}
          value={form.values.shortest}
          onChange={(value) => form.setFieldValue('shortest', typeof value === 'number' ? value : '')}
          error={fault('passwords.shortest')}
        />
      </Stack>
    </Section>
  );
}

const LIFETIMES = [
  ['accessToken', 'Access tokens'],
  ['refreshToken', 'Refresh tokens'],
  ['session', 'Sessions'],
  ['sessionIdle', 'Sessions without use'],
  ['remembered', 'Remembered sessions'],
] as const;

function Lifetimes({ form, fault }: PartProps) {
  return (
    <Section title="Lifetimes" description="How long what the realm gives out is good for, in seconds.">
      <div className={classes.fields}>
        {LIFETIMES.map(([name, label]) => {
          const value = form.values[name];
          return (
            <NumberInput
              key={name}
              label={label}
              description={value === '' ? 'Seconds' : lasting(value)}
              suffix=" s"
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="none"
              hideControls
              value={value}
              onChange={(typed) => form.setFieldValue(name, typeof typed === 'number' ? typed : '')}
              error={fault(`lifetimes.${name}`)}
            />
          );
        })}
      </div>
    </Section>
  );
}

function Branding({ form, fault }: PartProps) {
  return (
    <Section title="Branding" description="How its pages look. Empty for how they look by themselves.">
      <Stack>
        <div className={classes.fields}>
          <TextInput
            label="Logo"
            description="An https address of an image."
            placeholder="https://shop.example.com/logo.svg"
            {...form.getInputProps('logoUrl')}
            error={fault('branding.logoUrl')}
          />
          <ColorInput
            label="Colour"
            description="Of what one clicks on."
            placeholder="#2f6f4f"
            eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
            {...form.getInputProps('primaryColour')}
            error={fault('branding.primaryColour')}
          />
        </div>
        <Textarea
          label="Above the form"
          autosize
          minRows={1}
          maxLength={500}
          {...form.getInputProps('headline')}
          error={fault('branding.headline')}
        />
        <Textarea
          label="Below the form"
          autosize
          minRows={1}
          maxLength={500}
          {...form.getInputProps('footer')}
          error={fault('branding.footer')}
        />
        <div className={classes.fields}>
          <TextInput
            label="Terms"
            description="Who makes an account agrees to them."
            placeholder="https://shop.example.com/terms"
            {...form.getInputProps('termsUrl')}
            error={fault('branding.termsUrl')}
          />
          <TextInput
            label="Privacy"
            description="Linked beside them."
            placeholder="https://shop.example.com/privacy"
            {...form.getInputProps('privacyUrl')}
            error={fault('branding.privacyUrl')}
          />
        </div>
      </Stack>
    </Section>
  );
}

function DeleteRealm({ realm }: { realm: Realm }) {
  const { permissions, params } = useRealm();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useAction({
    run: () => client.delete(endpoints.realm(realm.id)),
    invalidates: [['realms', realm.teamId]],
    done: `${realm.displayName} is deleted.`,
    onDone: () => void navigate({ to: paths.realms, params: { team: params.team } }),
  });
  return (
    <DangerSection
      title="Delete this realm"
      description="With everybody and everything in it."
      verdict={can.deleteRealms(permissions)}
      action="Delete realm"
      onAct={() => setAsking(true)}
    >
      <ConfirmDelete
        opened={asking}
        onClose={() => setAsking(false)}
        subject={realm.displayName}
        typed={realm.name}
        busy={remove.busy}
        problem={remove.problem}
        onConfirm={() => remove.run()}
      >
        <Text size="sm">
          Its users, clients, keys, sessions and events go at once. Nobody can sign in to an application through it any
          more. This cannot be undone.
        </Text>
      </ConfirmDelete>
    </DangerSection>
  );
}
