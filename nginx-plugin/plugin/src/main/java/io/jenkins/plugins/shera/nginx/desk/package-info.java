/** What Jenkins keeps for the KubeNg nodes of an nginx cluster: the documents they ask for, and what they last told. */
package io.jenkins.plugins.shera.nginx.desk;
