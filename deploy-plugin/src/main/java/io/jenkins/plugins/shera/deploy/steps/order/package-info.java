/** What steps, pages and commands that change something of an application in one environment have in common. */
package io.jenkins.plugins.shera.deploy.steps.order;
