/** How each file of Jenkinsfile.examples is prepared, run and checked; the demo and the tests run the same. */
package io.jenkins.plugins.shera.demo.examples;
