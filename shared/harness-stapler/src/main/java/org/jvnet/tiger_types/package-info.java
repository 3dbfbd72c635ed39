/** The few questions about generic types that Stapler asks a library which Maven Central lacks. */
package org.jvnet.tiger_types;
