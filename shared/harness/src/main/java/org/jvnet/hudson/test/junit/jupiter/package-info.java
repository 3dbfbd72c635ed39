/** Extensions of JUnit that start Jenkins. */
package org.jvnet.hudson.test.junit.jupiter;
