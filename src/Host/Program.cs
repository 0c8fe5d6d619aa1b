using System.Globalization;
using Pellucid.Host.Cli;

// Numbers look the same everywhere, also where the build's invariant culture was switched off.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
return await CommandLineApp.RunAsync(args, CliEnvironment.ForProcess());
