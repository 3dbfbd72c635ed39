/** The servers the demo runs beside Jenkins: found on the machine, installed, or stood in for; and stopped again. */
package io.jenkins.plugins.shera.demo.parts;
