import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Realm } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';

export function NewRealm({ team, onClose }: { team: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [host, setHost] = useState('');
  const create = useAction({
    run: () =>
      client.post<Realm>(endpoints.realms(team), {
        name: name.trim(),
        ...(displayName.trim() && { displayName: displayName.trim() }),
        ...(host.trim() && { host: host.trim() }),
      }),
    invalidates: [['realms', team]],
    onDone: (realm) => {
      onClose();
      void navigate({ to: paths.realm, params: { team, realm: realm.id } });
    },
  });
  return (
    <ActionForm action={create} submit="Create realm" disabled={name.trim() === ''} onCancel={onClose}>
      <TextInput
        label="Name"
        description="Part of its address, so it never changes: lower-case letters, digits and hyphens."
        placeholder="shop"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={create.problem?.field('name')}
      />
      <TextInput
        label="Display name"
        description="What people read on its pages. Empty for the name."
        placeholder="Acme Shop"
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
        error={create.problem?.field('displayName')}
      />
      <TextInput
        label="Host"
        description="A host of its own that leads to this control plane. Empty for a path on the platform's address."
        placeholder="auth.shop.example.com"
        value={host}
        onChange={(event) => setHost(event.currentTarget.value)}
        error={create.problem?.field('host')}
      />
    </ActionForm>
  );
}
