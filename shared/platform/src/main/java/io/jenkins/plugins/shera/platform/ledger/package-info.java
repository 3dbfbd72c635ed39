/** Append-only files of JSON lines: whole lines survive a crash, torn ones are counted and passed over. */
package io.jenkins.plugins.shera.platform.ledger;
