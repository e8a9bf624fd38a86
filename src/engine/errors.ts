export { CancelledError, UserError } from "../errors";
