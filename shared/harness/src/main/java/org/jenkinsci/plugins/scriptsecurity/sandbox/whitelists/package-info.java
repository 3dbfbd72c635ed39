/** The mark by which scripts in the sandbox may call a method; the harness itself has no sandbox. */
package org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists;
