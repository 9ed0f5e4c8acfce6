import type { components } from './generated';

/**
 * The shapes of the public API, by the names that the console uses. They come from the committed OpenAPI document
 * (`npm run api`).
 */

type Schemas = components['schemas'];

/** Members that are in every answer, though the schema, shared with requests, lets them be absent. */
type Always<T, K extends keyof T> = Omit<T, K> & Required<Pick<T, K>>;

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** A problem; what proxies answer and what the console itself says has no type or request id. */
export type ProblemBody = Pick<Schemas['Problem'], 'title' | 'status' | 'detail' | 'code' | 'fields'> & {
  requestId?: string;
};
export type Permission = Schemas['Permission'];
export type PermissionInfo = Schemas['DescribedPermission'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type Session = Schemas['SignedIn'];
export type SessionTeam = Schemas['SignedInOwnTeam'];
export type OwnSession = Schemas['OwnSession'];
export type Team = Schemas['Team'];
export type Grant = Schemas['Grant'];
export type Member = Schemas['Member'];
export type Invitation = Schemas['Invitation'];
export type InvitationPreview = Schemas['InvitationPreview'];
export type Token = Schemas['Token'];
export type AuditEvent = Schemas['AuditEvent'];
export type Project = Schemas['Project'];
export type Environment = Schemas['Environment'];
export type GitCredential = Schemas['GitCredential'];
export type GitCheck = Schemas['GitCheckResult'];
export type Source = Schemas['Source'];
export type HealthCheck = NonNullable<ApplicationInput['healthCheck']>;
export type Volume = NonNullable<ApplicationInput['volumes']>[number];
export type ApplicationStatus = Application['status'];
export type ApplicationInput = Schemas['ApplicationSpec'];
export type Application = Always<Schemas['Application'], 'environmentId' | 'projectId' | 'replicas'>;
export type Variable = Schemas['Variable'];
export type VariableInput = Schemas['VariableSpec'];
export type Server = Schemas['Server'];
export type ServerCheck = Schemas['ServerCheck'];
export type DeletionPreview = Schemas['DeletionPreview'];
export type AccessPolicy = Schemas['AccessPolicy'];
export type Domain = Schemas['Domain'];
export type DomainInput = Schemas['NewDomain'];
export type Step = Deployment['steps'][number];
export type StepState = Step['state'];
export type DeploymentState = Deployment['state'];
export type Commit = NonNullable<Deployment['commit']>;
export type Deployment = Schemas['Deployment'];
export type DeploymentRequest = Schemas['DeploymentRequest'];
export type DeploymentPlan = Schemas['DeploymentPlan'];
export type Release = Schemas['Release'];
export type Realm = Schemas['Realm'];
export type RealmClient = Schemas['Client'];
export type RealmUser = Schemas['RealmUser'];
export type RealmSession = Schemas['RealmSession'];
export type AuthEvent = Schemas['AuthEvent'];
export type SigningKey = Schemas['SigningKey'];
export type SigningAlgorithm = Schemas['SigningAlgorithm'];

/** One line of a deployment's log or of a container's, as their streams carry it. */
export interface LogLine {
  at: string;
  stream?: string;
  text: string;
  step?: string;
  container?: string;
}

/** Something that changed, as the team's events tell it. */
export type LiveEvent = Schemas['ChangeEvent'];
