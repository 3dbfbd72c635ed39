/** The certificates of nginx clusters: kept, followed in Kubernetes, brought to the nodes, watched for their end. */
package io.jenkins.plugins.shera.nginx.certificates;
