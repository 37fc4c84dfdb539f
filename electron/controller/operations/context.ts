import type { DocumentContent } from '../../../agent/document/document.ts';
import type { AssociationLimits } from '../../domain/association.ts';
import type { FleetIndex } from '../../domain/fleet-index.ts';
import type { DocumentLimits } from '../../domain/managed-document.ts';
import type { NodeOrigin } from '../../domain/node.ts';
import type { AgentLink } from '../ports/agent-link.ts';
import type { CertificateIssuer } from '../ports/certificates.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { OpenOutputPlace } from '../ports/output-places.ts';
import type { Signer } from '../ports/signer.ts';
import type { ValueCipher } from '../ports/value-cipher.ts';
import type { BlobStore } from '../store/blob-store.ts';
import type { OutputStore } from '../store/output-store.ts';
import type { Stores } from '../store/stores.ts';
import type { CalendarLibrary } from './calendar-library.ts';
import type { DocumentLibrary } from './document-library.ts';
import type { EnrollmentGuard } from './enrollment-guard.ts';
import type { PackageUploads } from './package-uploads.ts';
import type { ParameterUses } from './parameter-uses.ts';
import type { SiteIndex } from './site-index.ts';

/** Everything an operation may need. Each picks exactly what it uses. */
export type Context = {
  stores: Stores;
  /** Runs the work in one transaction: all of it is committed, or nothing. A nested call joins the outer one. */
  transaction<Result>(work: () => Result): Result;
  outputs: OutputStore;
  /** The files of the package store. */
  blobs: BlobStore;
  uploads: PackageUploads;
  openOutputPlace: OpenOutputPlace;
  clock: Clock;
  changes: ChangeFeed;
  link: AgentLink;
  signer: Signer;
  certificates: CertificateIssuer;
  cipher: ValueCipher;
  parameterUses: ParameterUses;
  log: Log;
  library: DocumentLibrary;
  documentLimits: DocumentLimits;
  associationLimits: AssociationLimits;
  index: SiteIndex;
  calendars: CalendarLibrary;
  guard: EnrollmentGuard;
  siteId: string;
  /** Of this Holdfast, which is that of the agent that comes with it. */
  version: string;
};

export type ResolvedDocument = { name: string; documentVersion: number; content: DocumentContent };
export type { FleetIndex, NodeOrigin };
