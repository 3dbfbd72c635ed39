/** What stands behind the test kit: a Jenkins with its pages for one test. */
package io.jenkins.plugins.shera.harness.testing;
