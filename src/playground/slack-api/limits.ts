// https://docs.slack.dev/reference/block-kit, /reference/methods/chat.postMessage, /reference/views: lengths in UTF-16 units.
export const BLOCKS_MAX = 50;
export const VIEW_BLOCKS_MAX = 100;
export const SECTION_TEXT_MAX = 3_000;
export const SECTION_FIELDS_MAX = 10;
export const FIELD_TEXT_MAX = 2_000;
export const HEADER_TEXT_MAX = 150;
export const ACTIONS_MAX = 25;
export const CONTEXT_MAX = 10;
export const ALT_TEXT_MAX = 2_000;
export const LABEL_MAX = 2_000;
export const URL_MAX = 3_000;
export const BUTTON_TEXT_MAX = 75;
export const BUTTON_VALUE_MAX = 2_000;
export const OPTIONS_MAX = 100;
export const OPTION_TEXT_MAX = 75;
export const OPTION_VALUE_MAX = 150;
export const PLACEHOLDER_MAX = 150;
export const ID_MAX = 255;
export const VIEW_TITLE_MAX = 24;
export const PRIVATE_METADATA_MAX = 3_000;
/** `text` of a post, and of an update. */
export const POST_TEXT_MAX = 40_000;
export const UPDATE_TEXT_MAX = 4_000;
