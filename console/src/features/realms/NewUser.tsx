import { PasswordInput, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { RealmUser } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { useRealm } from './realm';

export function NewUser({ onClose }: { onClose: () => void }) {
  const { realm, params } = useRealm();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { email: '', name: '', emailVerified: false, password: '' } });
  const { values } = form;
  const create = useAction({
    run: () =>
      client.post<RealmUser>(endpoints.realmUsers(realm.id), {
        email: values.email.trim(),
        name: values.name.trim(),
        emailVerified: values.emailVerified,
        ...(values.password !== '' && { password: values.password }),
      }),
    invalidates: [['realm-users', realm.id]],
    onDone: (user) => {
      onClose();
      void navigate({ to: paths.realmUser, params: { ...params, user: user.id } });
    },
  });
  return (
    <ActionForm
      action={create}
      submit="Create user"
      disabled={values.email.trim() === '' || values.name.trim() === ''}
      onCancel={onClose}
      onSubmit={form.onSubmit(() => create.run())}
    >
      <TextInput
        label="Email"
        type="email"
        placeholder="ada@example.com"
        required
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('email')}
        error={create.problem?.field('email')}
      />
      <Switch
        label="The address is known to be theirs"
        description="Otherwise they prove it when it matters."
        checked={values.emailVerified}
        onChange={(event) => form.setFieldValue('emailVerified', event.currentTarget.checked)}
      />
      <TextInput
        label="Name"
        placeholder="Ada Lovelace"
        required
        autoComplete="off"
        {...form.getInputProps('name')}
        error={create.problem?.field('name')}
      />
      <PasswordInput
        label="Password"
        description={`At least ${realm.passwords.shortest} characters. Empty when they sign in another way.`}
        autoComplete="new-password"
        {...form.getInputProps('password')}
        error={create.problem?.field('password')}
      />
    </ActionForm>
  );
}
