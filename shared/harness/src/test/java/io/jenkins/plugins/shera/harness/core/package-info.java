/** Tests of the types that stand in for Jenkins' core. */
package io.jenkins.plugins.shera.harness.core;
