namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step of an invocation: a middleware, or at the end the function itself.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
