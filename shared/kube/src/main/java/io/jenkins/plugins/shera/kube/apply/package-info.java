/** Plan, diff, apply and read back. */
package io.jenkins.plugins.shera.kube.apply;
