/** For which tenant a build may act, and what of that tenant it may use. */
package io.jenkins.plugins.shera.platform.tenancy;
