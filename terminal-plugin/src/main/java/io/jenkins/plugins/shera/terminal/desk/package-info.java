/** What commands and pages ask of packaging: who may, in which cluster, to which registry, and the trace it leaves. */
package io.jenkins.plugins.shera.terminal.desk;
