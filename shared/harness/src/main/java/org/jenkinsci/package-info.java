/** The short names of types. */
package org.jenkinsci;
