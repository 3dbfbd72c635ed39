/** Who is told of alerts: receivers, routes and silences of tenants in an Alertmanager that has other users, too. */
package io.jenkins.plugins.shera.monitoring.alertmanager;
