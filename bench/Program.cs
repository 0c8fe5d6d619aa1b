using Pellucid.Bench;

return await BenchCommand.Create().Parse(args).InvokeAsync();
