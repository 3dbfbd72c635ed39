/** The audit trail: one line for every change anybody makes, never altered. */
package io.jenkins.plugins.shera.platform.audit;
