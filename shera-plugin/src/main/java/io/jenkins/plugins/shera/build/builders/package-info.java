/** Programs that build images by running containers, behind one interface, and how what they made is taken over. */
package io.jenkins.plugins.shera.build.builders;
