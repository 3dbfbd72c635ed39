/** Who may do what: the permissions of SheRa and the rule which tenant a build may act for. */
package io.jenkins.plugins.shera.platform.access;
