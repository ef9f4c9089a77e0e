/** Socket Mode of the Slack stand-in. */
export { openSocketDoor, type SocketDoor } from '../../../src/playground/slack-api/index.ts';
