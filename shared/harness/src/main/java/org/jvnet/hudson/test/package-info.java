/** The test kit, under the names of jenkins-test-harness. */
package org.jvnet.hudson.test;
