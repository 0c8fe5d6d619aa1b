using Pellucid.Host.Cli;

return await CommandLineApp.RunAsync(args, CliEnvironment.ForProcess());
