import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Domain } from '../../api/types';
import { endpoints } from '../../routes';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** A certificate of one's own: its chain and its key, as PEM. The key is sealed and never shown again. */
export function CertificateUpload({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const [certificatePem, setCertificate] = useState('');
  const [privateKeyPem, setKey] = useState('');
  const save = useAction({
    run: () =>
      client.put(endpoints.certificate(domain.id), { certificatePem, privateKeyPem }, { ifMatch: domain.version }),
    invalidates: [['domains', domain.applicationId]],
    done: 'The certificate is in use.',
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
        <Text size="sm" c="dimmed">
          The certificate of {domain.host}, followed by the certificates between it and its authority. It is served at
          once, without a restart; you renew it yourself.
        </Text>
        <Pem
          label="Certificate chain"
          placeholder="-----BEGIN CERTIFICATE-----"
          value={certificatePem}
          onChange={setCertificate}
          error={save.problem?.field('certificatePem')}
        />
        <Pem
          label="Private key"
          placeholder="-----BEGIN PRIVATE KEY-----"
          value={privateKeyPem}
          onChange={setKey}
          error={save.problem?.field('privateKeyPem')}
        />
        <ProblemAlert error={save.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={save.busy}
            disabled={certificatePem.trim() === '' || privateKeyPem.trim() === ''}
          >
            Use this certificate
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PemProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

function Pem({ label, placeholder, value, onChange, error }: PemProps) {
  return (
    <div>
      <Textarea
        label={label}
        placeholder={placeholder}
        required
        rows={5}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
      />
      <FileButton accept=".pem,.crt,.cer,.key,text/plain" onChange={(file) => void file?.text().then(onChange)}>
        {(props) => (
          <Button {...props} size="compact-xs" variant="subtle" mt={4}>
            From a file
          </Button>
        )}
      </FileButton>
    </div>
  );
}
