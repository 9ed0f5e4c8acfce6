import { Accordion, Checkbox, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { AccessPolicy, Application, Domain, DomainInput } from '../../api/types';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { formatHeaders, parseHeaders } from './headers';

interface DomainFormProps {
  application: Application;
  domain: Domain | undefined;
  onClose: () => void;
}

const CERTIFICATES = [
  { value: 'automatic', label: 'Automatic, from the certificate authority' },
  { value: 'internal', label: 'Internal, for names of development' },
  { value: 'own', label: 'My own, uploaded' },
  { value: 'none', label: 'None, plain HTTP' },
];

/** Names that no public authority certifies (RFC 2606, RFC 6761, RFC 8375). */
const DEVELOPMENT = /(^|\.)(localhost|test|example|invalid|local|internal|home\.arpa)$/;

export function DomainForm({ application, domain, onClose }: DomainFormProps) {
  const form = useForm({
    initialValues: {
      host: domain?.host ?? '',
      pathPrefix: domain?.pathPrefix ?? '/',
      stripPrefix: domain?.stripPrefix ?? false,
      certificate: domain?.certificate ?? 'automatic',
      certificateChosen: domain !== undefined,
      redirectTo: domain?.redirectTo ?? '',
      forceHttps: domain?.forceHttps ?? true,
      compression: domain?.compression ?? true,
      policy: domain?.accessPolicy.kind ?? 'public',
      networks: domain?.accessPolicy.kind === 'ip-allowlist' ? domain.accessPolicy.networks.join('\n') : '',
      responseHeaders: formatHeaders(domain?.responseHeaders),
      requestHeaders: formatHeaders(domain?.requestHeaders),
    },
    validate: {
      host: (host) => (host.trim() === '' ? 'Name the domain.' : null),
      pathPrefix: (path) => (path.startsWith('/') ? null : 'A path begins with /.'),
      networks: (networks, { policy }) =>
        policy === 'ip-allowlist' && networks.trim() === '' ? 'Name at least one network.' : null,
      responseHeaders: (text) => parseHeaders(text).fault ?? null,
      requestHeaders: (text) => parseHeaders(text).fault ?? null,
    },
  });
  const { values } = form;
  const certificate =
    !values.certificateChosen && DEVELOPMENT.test(values.host.trim()) ? 'internal' : values.certificate;
  const save = useAction({
    run: () => {
      const redirectTo = values.redirectTo.trim().toLowerCase();
      const body: DomainInput = {
        host: values.host.trim().toLowerCase(),
        pathPrefix: values.pathPrefix.trim(),
        stripPrefix: values.stripPrefix,
        certificate,
        forceHttps: certificate !== 'none' && values.forceHttps,
        compression: values.compression,
        accessPolicy: policyOf(values.policy, values.networks),
        responseHeaders: parseHeaders(values.responseHeaders).headers,
        requestHeaders: parseHeaders(values.requestHeaders).headers,
      };
      return domain
        ? client.patch(
            endpoints.domain(domain.id),
            { ...body, redirectTo: redirectTo || null },
            { ifMatch: domain.version },
          )
        : client.post(endpoints.domains(application.id), { ...body, ...(redirectTo && { redirectTo }) });
    },
    invalidates: [['domains', application.id]],
    onDone: onClose,
  });
  const fault = (path: keyof typeof values) => form.errors[path] ?? save.problem?.field(path);
  return (
    <ActionForm
      action={save}
      submit={domain ? 'Save' : 'Add domain'}
      onCancel={onClose}
      onSubmit={form.onSubmit(() => save.run())}
    >
      <TextInput
        label="Domain"
        placeholder="shop.example.com"
        required
        data-autofocus
        {...form.getInputProps('host')}
        error={fault('host')}
      />
      <Select
        label="Certificate"
        data={CERTIFICATES}
        value={certificate}
        error={fault('certificate')}
        onChange={(value) => {
          form.setFieldValue('certificate', (value ?? 'automatic') as Domain['certificate']);
          form.setFieldValue('certificateChosen', true);
        }}
      />
      <Radio.Group label="Who may reach it" {...form.getInputProps('policy')}>
        <Stack gap={6} mt={6}>
          <Radio value="public" label="Everybody" />
          <Radio value="ip-allowlist" label="Only certain networks" />
          <Radio value="private" label="Nobody from outside; only a tunnel leads to it" />
        </Stack>
      </Radio.Group>
      {values.policy === 'ip-allowlist' && (
        <Textarea
          label="Networks"
          description="One address or CIDR block per line."
          placeholder={'203.0.113.0/24\n2001:db8::/32'}
          autosize
          minRows={2}
          className="hk-mono"
          {...form.getInputProps('networks')}
          error={fault('networks') ?? save.problem?.field('accessPolicy.networks')}
        />
      )}
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="route">
          <Accordion.Control>Path and redirect</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <TextInput
                label="Path prefix"
                description="Only requests under this path come here; other applications can have other paths."
                {...form.getInputProps('pathPrefix')}
                error={fault('pathPrefix')}
              />
              <Checkbox
                label="Strip the prefix before the application sees the path"
                {...form.getInputProps('stripPrefix', { type: 'checkbox' })}
              />
              <TextInput
                label="Redirect to another domain"
                description="For example from www.example.com to example.com. Paths stay."
                placeholder="example.com"
                {...form.getInputProps('redirectTo')}
                error={fault('redirectTo')}
              />
              <Checkbox
                label="Send plain HTTP to HTTPS"
                disabled={certificate === 'none'}
                {...form.getInputProps('forceHttps', { type: 'checkbox' })}
              />
              <Checkbox label="Compress answers" {...form.getInputProps('compression', { type: 'checkbox' })} />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="headers">
          <Accordion.Control>Headers</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <Textarea
                label="Set on answers"
                description="One per line, Name: value."
                placeholder="X-Frame-Options: DENY"
                autosize
                minRows={2}
                className="hk-mono"
                {...form.getInputProps('responseHeaders')}
                error={fault('responseHeaders')}
              />
              <Textarea
                label="Set on requests to the application"
                autosize
                minRows={2}
                className="hk-mono"
                {...form.getInputProps('requestHeaders')}
                error={fault('requestHeaders')}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </ActionForm>
  );
}

function policyOf(kind: AccessPolicy['kind'], networks: string): AccessPolicy {
  return kind === 'ip-allowlist' ? { kind, networks: networks.split(/[\s,]+/).filter(Boolean) } : { kind };
}
