/** The stack that holds the data: four tables and a bucket, apart from the code so that no deployment of it can touch them. */
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  type Attribute,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

import { Attachments } from './attachments.ts';
import type { ChatConfig } from './config.ts';

/** The tables by the names the rest of the app uses. */
export interface ChatTables {
  readonly rooms: Table;
  readonly messages: Table;
  readonly connections: Table;
  readonly profiles: Table;
}

/** One of the four tables. */
export type TableName = keyof ChatTables;

/** An index of the rooms' table: a list somebody looks at. */
export type IndexName = 'byVendor' | 'byCustomer' | 'byLane';

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
const number = (name: string): Attribute => ({ name, type: AttributeType.NUMBER });

/** Key attributes as `functions/store/keys.ts` has them; a test compares the two. */
const ROOM_LISTS: Record<IndexName, readonly [Attribute, Attribute]> = {
  byVendor: [text('vendor'), text('bucket')],
  byCustomer: [text('customer'), text('roomId')],
  byLane: [text('lane'), text('laneAt')],
};

/** The tables of a stage, and its files. */
export class DataStack extends Stack {
  readonly tables: ChatTables;
  readonly attachments: Attachments;

  constructor(scope: Construct, id: string, props: StackProps & { readonly config: ChatConfig }) {
    super(scope, id, props);
    const stream = StreamViewType.NEW_AND_OLD_IMAGES;
    const table = (name: string, keys: Partial<TableProps> & Pick<TableProps, 'partitionKey'>) =>
      new Table(this, name, { ...tableDefaults(props.config), ...keys });

    this.tables = {
      rooms: table('Rooms', { partitionKey: text('roomId'), sortKey: text('part') }),
      messages: table('Messages', {
        partitionKey: text('roomId'),
        sortKey: number('seq'),
        stream,
      }),
      connections: table('Connections', {
        partitionKey: text('member'),
        sortKey: text('connectionId'),
        timeToLiveAttribute: 'expiresAt',
        stream,
      }),
      profiles: table('Profiles', {
        partitionKey: text('member'),
        sortKey: text('item'),
        timeToLiveAttribute: 'expiresAt',
      }),
    };
    this.attachments = new Attachments(this, 'Attachments', props.config);
    for (const [indexName, [partitionKey, sortKey]] of Object.entries(ROOM_LISTS)) {
      // Keys only: an index row changes when a list changes, never with a message.
      this.tables.rooms.addGlobalSecondaryIndex({
        indexName,
        partitionKey,
        sortKey,
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
  }
}

function tableDefaults(config: ChatConfig) {
  return {
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: config.keepsData,
    removalPolicy: config.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  };
}
