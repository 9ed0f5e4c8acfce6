import { ActionIcon, Anchor, Badge, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconCertificate, IconDots, IconEdit, IconExternalLink, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useApplication } from '../../api/deploy';
import { useAction } from '../../api/hooks';
import { domainsQuery, serversQuery } from '../../api/queries';
import type { Application, Domain, Server } from '../../api/types';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { CopyField } from '../../ui/Copy';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedMenuItem } from '../../ui/Guarded';
import { Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { domainAppearance } from '../../ui/status';
import { Status } from '../../ui/Status';
import { dayOf, withLocalTimes } from '../../ui/time';
import { CertificateUpload } from './CertificateUpload';
import { DomainForm } from './DomainForm';
import classes from './Domains.module.css';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'delete' | 'certificate'; domain: Domain };

export function DomainsTab() {
  const { application, permissions } = useApplication();
  const domains = useQuery(domainsQuery(application.id));
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const verdict =
    application.port === undefined
      ? ({ allowed: false, reason: 'The application has no port. Set one in the settings first.' } as const)
      : can.changeDomains(permissions);
  const add = (
    <GuardedButton
      verdict={verdict}
      size="xs"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setDialog({ kind: 'new' })}
    >
      Add domain
    </GuardedButton>
  );
  return (
    <>
      <Section flush title="Domains" actions={add}>
        <QueryView query={domains}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title="No domains yet">
                Add a domain, point its DNS record at the server, and the certificate comes by itself.
              </EmptyState>
            ) : (
              <ul className={classes.list}>
                {items.map((domain) => (
                  <Row
                    key={domain.id}
                    domain={domain}
                    application={application}
                    verdict={verdict}
                    onDialog={(kind) => setDialog({ kind, domain })}
                  />
                ))}
              </ul>
            )
          }
        </QueryView>
      </Section>
      <Modal
        opened={dialog?.kind === 'new' || dialog?.kind === 'edit'}
        onClose={close}
        size="lg"
        title={dialog?.kind === 'edit' ? `Edit ${dialog.domain.host}` : 'Add domain'}
      >
        {(dialog?.kind === 'new' || dialog?.kind === 'edit') && (
          <DomainForm
            application={application}
            domain={dialog.kind === 'edit' ? dialog.domain : undefined}
            onClose={close}
          />
        )}
      </Modal>
      <Modal opened={dialog?.kind === 'certificate'} onClose={close} size="lg" title="Own certificate">
        {dialog?.kind === 'certificate' && <CertificateUpload domain={dialog.domain} onClose={close} />}
      </Modal>
      {dialog?.kind === 'delete' && <DeleteDomain domain={dialog.domain} onClose={close} />}
    </>
  );
}

interface RowProps {
  domain: Domain;
  application: Application;
  verdict: ReturnType<typeof can.changeDomains>;
  onDialog: (kind: 'edit' | 'delete' | 'certificate') => void;
}

function Row({ domain, application, verdict, onDialog }: RowProps) {
  const servers = useQuery(serversQuery(application.teamId));
  const server = servers.data?.find(({ id }) => id === application.serverId);
  const { status, accessPolicy } = domain;
  const path = domain.pathPrefix === '/' ? '' : domain.pathPrefix;
  return (
    <li className={classes.row} data-testid="domain" data-state={status.state}>
      <div className={classes.head}>
        <Group gap="sm" miw={0}>
          <Anchor href={domain.url} target="_blank" rel="noreferrer" fw={550} className="hk-break">
            {domain.displayHost}
            {path} <IconExternalLink size={13} aria-label="opens in a new tab" style={{ verticalAlign: '-1px' }} />
          </Anchor>
          <Status look={domainAppearance(status.state)} />
        </Group>
        <Menu width={200}>
          <Menu.Target>
            <ActionIcon aria-label={`More for ${domain.host}`}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <GuardedMenuItem verdict={verdict} leftSection={<IconEdit size={16} />} onClick={() => onDialog('edit')}>
              Edit
            </GuardedMenuItem>
            <GuardedMenuItem
              verdict={verdict}
              leftSection={<IconCertificate size={16} />}
              onClick={() => onDialog('certificate')}
            >
              Own certificate
            </GuardedMenuItem>
            <Menu.Divider />
            <GuardedMenuItem
              color="red"
              verdict={verdict}
              leftSection={<IconTrash size={16} />}
              onClick={() => onDialog('delete')}
            >
              Delete
            </GuardedMenuItem>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Group gap={6}>
        {domain.redirectTo && <Badge color="petrol">redirects to {domain.redirectTo}</Badge>}
        {domain.stripPrefix && path && <Badge color="gray">path stripped</Badge>}
        {accessPolicy.kind === 'ip-allowlist' && (
          <Badge color="lantern">
            only {accessPolicy.networks.length} {accessPolicy.networks.length === 1 ? 'network' : 'networks'}
          </Badge>
        )}
        {accessPolicy.kind === 'private' && <Badge color="lantern">private: no route from outside</Badge>}
        {!domain.forceHttps && domain.certificate !== 'none' && <Badge color="gray">HTTP allowed</Badge>}
        <Text size="xs" c="dimmed">
          {certificateText(domain)}
        </Text>
      </Group>
      {status.state !== 'active' && <Hint domain={domain} server={server} />}
    </li>
  );
}

function certificateText({ certificate, status }: Domain): string {
  if (certificate === 'none') return 'Without a certificate';
  const kind = { automatic: 'Automatic', internal: 'Internal', own: 'Own' }[certificate];
  const known = status.certificate;
  if (!known) return `${kind} certificate, not there yet`;
  const issuer = certificate === 'internal' ? "this installation's own authority" : known.issuer;
  return `${kind} certificate of ${issuer}, valid until ${dayOf(known.notAfter)}`;
}

function Hint({ domain, server }: { domain: Domain; server: Server | undefined }) {
  const target = server?.kind === 'ssh' && server.host ? server.host : undefined;
  const isAddress = target !== undefined && /^[\d.]+$|:/.test(target);
  return (
    <Stack gap="xs" className={classes.hint}>
      {domain.status.detail && (
        <Text size="sm" className="hk-break">
          {withLocalTimes(domain.status.detail)}
        </Text>
      )}
      {domain.certificate === 'automatic' && (
        <>
          <Text size="sm" c="dimmed">
            The DNS record of {domain.host} has to lead to{' '}
            {target ? `the server ${server?.name ?? ''}` : 'the public address of the server'}. The certificate is asked
            for as soon as it does.
          </Text>
          {target && (
            <CopyField
              label="DNS record"
              value={`${domain.host}. ${isAddress ? (target.includes(':') ? 'AAAA' : 'A') : 'CNAME'} ${target}${isAddress ? '' : '.'}`}
            />
          )}
        </>
      )}
    </Stack>
  );
}

function DeleteDomain({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const remove = useAction({
    run: () => client.delete(endpoints.domain(domain.id), { ifMatch: domain.version }),
    invalidates: [['domains', domain.applicationId]],
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      subject={domain.host}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">The application is no longer reached by this name at once. Its DNS record stays as it is.</Text>
    </ConfirmDelete>
  );
}
